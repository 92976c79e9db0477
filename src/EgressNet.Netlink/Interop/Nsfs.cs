namespace EgressNet.Netlink.Interop;

// linux/nsfs.h, linux/magic.h
internal static class Nsfs
{
    public const nuint NS_GET_NSTYPE = 0xb703;
    public const uint NSFS_MAGIC = 0x6e736673;

    // Where /proc/self/ns/user points to outside of any user namespace: USER_NS_INIT_INO.
    public const string InitialUserNamespace = "user:[4026531837]";
}
