"""Takes from a worker what no query needs: network connections, writing files, and memory without end.

What reaches out of the graph is refused before a query runs (`kg.store.refuse`). This holds even if that
should ever let something through. It needs Linux with Landlock (https://docs.kernel.org/userspace-api/landlock.html);
elsewhere only the memory is bounded.
"""

from __future__ import annotations

import ctypes
import struct
import sys

# The same numbers on every processor architecture of Linux.
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_NO_NEW_PRIVILEGES = 38
_QUERY_VERSION = 1
_CONNECT_AND_BIND = 0b11
_NETWORK_SINCE = 4
# Write, create, remove and rename in all their kinds; reading and listing stay free.
_WRITING = (1 << 1) | sum(1 << bit for bit in range(4, 13))


def confine(memory: int) -> bool:
    """Give up network connections, writing and memory beyond a bound, for good and for this process alone.

    Args:
        memory: Bytes of address space that the process may have.

    Returns:
        Whether the system could take away network and writing.
    """
    _bound_memory(memory)
    return sys.platform == "linux" and _landlock()


def _bound_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or memory < most:
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _landlock() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    nothing, none = None, ctypes.c_size_t(0)
    version = libc.syscall(_CREATE_RULESET, nothing, none, ctypes.c_uint32(_QUERY_VERSION))
    if version < _NETWORK_SINCE:
        return False
    # A ruleset that handles these rights and allows none of them anywhere.
    handled = struct.pack("=QQ", _WRITING, _CONNECT_AND_BIND)
    ruleset = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), ctypes.c_uint32(0))
    if ruleset < 0 or libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return int(libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))) == 0


__all__ = ["confine"]
