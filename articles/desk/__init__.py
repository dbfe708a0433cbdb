"""The desk: the only room that changes what readers may see."""

from __future__ import annotations

from articles.desk.announcing import announce, page_keys
from articles.desk.arranging import add_block, ensure_positions
from articles.desk.checking import Refused, missing
from articles.desk.duties import imprint_is_sample, imprint_lacks, lacking
from articles.desk.licensing import ending, licence_end
from articles.desk.linking import set_authors, set_further_categories, set_tags
from articles.desk.merging import merge_tag, rename_tag
from articles.desk.preview import preview_path
from articles.desk.publishing import hold, publish, send_to_review, withdraw
from articles.desk.reading import forget_reads, rank_reads, record_reads
from articles.desk.recognising import recognise
from articles.desk.reporting import REPORT_DAYS, forget_reports, set_report_state
from articles.desk.revising import Change, correct, revise
from articles.desk.telling import join_stories, split_story

__all__ = [
    "REPORT_DAYS", "Change", "Refused", "add_block", "announce", "correct", "ending", "ensure_positions", "forget_reads", "forget_reports", "hold",
    "imprint_is_sample", "imprint_lacks", "join_stories", "lacking", "licence_end", "merge_tag", "missing", "page_keys", "preview_path", "publish",
    "rank_reads", "recognise", "record_reads", "rename_tag", "revise", "send_to_review", "set_authors", "set_further_categories", "set_report_state",
    "set_tags", "split_story", "withdraw",
]  # fmt: skip
