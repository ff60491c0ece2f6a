"""`demarche train`: builds the English model from CoNLL-U treebanks. Needs the `train` extra; running the model never does."""
