"""People's poses in pictures: BlazePose GHUM on OpenVINO."""

from lunge.pose.networks import MODELS
from lunge.pose.reading import PoseRun, pose_blocks, read_poses
from lunge.pose.tracker import PoseTracker, TrackedPose

__all__ = ["MODELS", "PoseRun", "PoseTracker", "TrackedPose", "pose_blocks", "read_poses"]
