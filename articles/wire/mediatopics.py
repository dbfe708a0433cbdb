"""The top of the Media Topics tree: under which of the seventeen main topics a code lies."""

from __future__ import annotations

import re
from bisect import bisect_right

# Media Topics were numbered main topic by main topic, later ones in small blocks: (first code, main topic).
# Right for 96 of 100 codes of the release of April 2019; the others lie under another topic. 0: under none.
_BLOCKS = (
    (20000002, 1), (20000053, 16), (20000082, 2), (20000139, 3), (20000170, 4), (20000398, 5), (20000418, 6),
    (20000446, 7), (20000497, 8), (20000509, 9), (20000538, 10), (20000574, 11), (20000657, 12), (20000710, 13),
    (20000712, 7), (20000715, 13), (20000768, 14), (20000822, 15), (20001128, 17), (20001132, 11), (20001133, 1),
    (20001136, 4), (20001142, 10), (20001144, 11), (20001148, 15), (20001153, 0), (20001179, 1), (20001183, 0),
)  # fmt: skip
_STARTS = [start for start, _topic in _BLOCKS]
_OLD_CODE = re.compile(r"subj:(0[1-9]|1[0-7])[0-9]{6}\Z")
_CODE = re.compile(r"medtop:([0-9]{8})\Z")


def main_topic(code: str) -> str:
    """For "medtop:20000139" "medtop:03000000"; nothing for other codes, unknown ones, and main topics themselves.

    Subject Codes, "subj:03010000", their predecessors, begin with the number of the same main topic.
    """
    if old := _OLD_CODE.match(code):
        return f"medtop:{old[1]}000000"
    found = _CODE.match(code)
    place = bisect_right(_STARTS, int(found[1])) - 1 if found else -1
    topic = _BLOCKS[place][1] if place >= 0 else 0
    return f"medtop:{topic:02d}000000" if topic else ""
