"""Start a command that never outlives the process that asked for it.

Run by path, not as a module, and with the standard library only, so that it starts in a hundredth of a
second and behind `unshare` or `setpriv` (their change of account would clear the parent-death signal again).

child.py hold SIGNAL PARENT COMMAND...
    becomes COMMAND, which the kernel sends SIGNAL when PARENT ends
child.py guard GRACE PARENT COMMAND...
    watches COMMAND and everything it starts; when PARENT ends or SIGTERM comes, asks it to stop, and after
    GRACE seconds ends its whole process group
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
CALLS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def tie_to_parent(parent: int, call: signal.Signals) -> None:
    """Have the kernel send `call` to this process when `parent` ends; leave at once if it has ended already.

    The signal comes when the thread that started us ends, so start children from a thread that stays.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(call), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def guard(command: list[str], grace: float) -> int:
    """Run the command in a process group of its own; the exit code is the command's."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {*CALLS, signal.SIGCHLD})
    me = os.getpid()

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        tie_to_parent(me, signal.SIGTERM)

    child = subprocess.Popen(command, process_group=0, preexec_fn=prepare)
    try:
        while child.poll() is None:
            if signal.sigwait({*CALLS, signal.SIGCHLD}) in CALLS:
                child.terminate()
                child.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        pass  # the group is ended below
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return child.wait()


def main() -> None:
    """Read the three words and the command."""
    mode, setting, parent, *command = sys.argv[1:]
    if mode == "hold":
        tie_to_parent(int(parent), signal.Signals[setting])
        os.execvp(command[0], command)
    tie_to_parent(int(parent), signal.SIGTERM)
    sys.exit(abs(guard(command, float(setting))))


if __name__ == "__main__":
    main()
