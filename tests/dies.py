"""A program that is killed in the middle of its work, as when a machine has no memory left."""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
