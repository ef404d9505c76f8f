"""Run as a program of its own: opens a journal and inserts, printing each count once it is acknowledged."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from otgroup.store.journal import JournalDB, JournalStamp


def main(path: Path, inserts: int) -> None:
    stamp = JournalStamp("J. Rivera", "laptop", lambda: datetime.now(UTC))
    with JournalDB(path, writable=True, stamp=stamp, quarantine=path.parent / "quarantine") as db:
        start = len(db)
        for number in range(start, start + inserts):
            if number % 5 == 4:  # now and then an update of several documents
                db.update({"seen": number})
            db.insert({"number": number, "filler": "x" * (number * 37 % 900)})
            sys.stdout.write(f"acknowledged {number + 1}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
