"""Which messages go which way."""

from __future__ import annotations

from typing import Union

from .checkpoints import Cancel, Loaded, Loading, Save, Saved, Saving, Unsaved
from .inquiries import Check, Checked, Chunks, Complete, Completed, Describe, Described, Split
from .questions import Ask, Reclaim, Reclaimed, Withdraw
from .runs import Done, Run, Started
from .session import Born, Broken, Ended, Fault, Probe, Probed, Ready, Resize, Signal, Start
from .states import (
    Drop,
    Foresee,
    Foreseen,
    Freeze,
    Frozen,
    Lost,
    Noted,
    Refused,
    Restore,
    Returned,
    Unwoken,
    Vacant,
    Wake,
)
from .variables import Abandon, Inspect, Inspected, Uninspected

HostRequest = Union[Start, Signal, Resize, Probe, Wake, Foresee, Drop, Save, Cancel, Inspect, Abandon]
HostReport = Union[
    Born,
    Ended,
    Broken,
    Vacant,
    Frozen,
    Lost,
    Unwoken,
    Foreseen,
    Probed,
    Saving,
    Saved,
    Unsaved,
    Inspected,
    Uninspected,
    Fault,
]
Request = Union[Run, Freeze, Restore, Save, Complete, Describe, Check, Split, Reclaim, Inspect]
Report = Union[
    Ready,
    Started,
    Done,
    Frozen,
    Refused,
    Noted,
    Returned,
    Ask,
    Withdraw,
    Completed,
    Described,
    Checked,
    Chunks,
    Reclaimed,
    Inspected,
    Saving,
    Saved,
    Unsaved,
    Loading,
    Loaded,
    Fault,
]
