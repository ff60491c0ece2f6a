"""What a fresh process pays before its first events: prints one JSON object. `speed.py` runs it several times."""
from __future__ import annotations

import json
import time
from pathlib import Path

began = time.perf_counter()
from demarche.blob import Blob  # noqa: E402  the imports are part of what is measured
from demarche.coder.coder import MODEL, Coder  # noqa: E402
from demarche.knowledge.model import Knowledge  # noqa: E402
from demarche.v1.document_pb2 import Document  # noqa: E402

TEXT = "The foreign ministers of Kenya and Uganda met in Nairobi on Tuesday and signed a border treaty, a spokesman said."


def resident() -> dict[str, float]:
    """Resident megabytes, all and those of files; the pages of files are shared with other processes that map them."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: round(int(fields[field].split()[0]) / 1024, 1) for name, field in (("all", "VmRSS"), ("of_files", "RssFile"))}


def main() -> None:
    imported = time.perf_counter()
    model, knowledge = Blob(MODEL, "model"), Knowledge()
    mapped = time.perf_counter()
    coder = Coder(model, knowledge)
    ready = time.perf_counter()
    coder.code([Document(text=TEXT)])
    coded = time.perf_counter()
    print(json.dumps({"import_ms": 1e3 * (imported - began), "map_model_and_knowledge_ms": 1e3 * (mapped - imported),
                      "make_coder_ms": 1e3 * (ready - mapped), "first_document_ms": 1e3 * (coded - ready),
                      "resident_mb": resident()}))


if __name__ == "__main__":
    main()
