using Microsoft.Win32.SafeHandles;

namespace EgressNet.Netlink.Interop;

internal sealed class NetlinkSocketHandle() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Libc.close(handle) == 0;
}
