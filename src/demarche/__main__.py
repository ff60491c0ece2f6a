"""`python -m demarche` is the command `demarche`."""
from demarche.cli import main

if __name__ == "__main__":
    main()
