namespace EgressNet.Netlink.Interop;

// linux/sched.h
internal static class Sched
{
    public const int CLONE_NEWNET = 0x40000000;
}
