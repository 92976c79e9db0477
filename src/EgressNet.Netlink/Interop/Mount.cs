namespace EgressNet.Netlink.Interop;

// linux/mount.h, sys/mount.h
internal static class Mount
{
    public const nuint MS_NOSUID = 0x2;
    public const nuint MS_NODEV = 0x4;
    public const nuint MS_NOEXEC = 0x8;
    public const nuint MS_BIND = 0x1000;
    public const nuint MS_REC = 0x4000;
    public const nuint MS_SHARED = 0x100000;

    public const int MNT_DETACH = 0x2;
    public const int UMOUNT_NOFOLLOW = 0x8;
}
