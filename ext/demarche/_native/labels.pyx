"""The label sets of `labels.pxd` as text: `UPOS[i]`, `XPOS[i]` and `DEPREL[i]` name the number i."""

UPOS = (
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X "
).split()

XPOS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW GW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT "
    "POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX `` "
).split()

DEPREL = (
    "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound "
    "compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer "
    "nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root vocative "
    "xcomp "
).split()

UPOS, XPOS, DEPREL = tuple(UPOS), tuple(XPOS), tuple(DEPREL)

assert len(UPOS) == UPOS_COUNT and len(XPOS) == XPOS_COUNT and len(DEPREL) == DEP_COUNT
