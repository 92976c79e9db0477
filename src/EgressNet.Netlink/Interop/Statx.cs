using System.Runtime.InteropServices;

namespace EgressNet.Netlink.Interop;

// linux/stat.h. Unlike struct stat it has one layout on every architecture. Only the fields in use are named.
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    public const uint STATX_NLINK = 0x4;
    public const uint STATX_INO = 0x100;

    [FieldOffset(0)] public uint stx_mask;
    [FieldOffset(16)] public uint stx_nlink;
    [FieldOffset(32)] public ulong stx_ino;
    [FieldOffset(136)] public uint stx_dev_major;
    [FieldOffset(140)] public uint stx_dev_minor;
}
