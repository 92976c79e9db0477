namespace EgressNet.Netlink.Interop;

// linux/nsfs.h
internal static class Nsfs
{
    public const nuint NS_GET_NSTYPE = 0xb703;

    // Where /proc/self/ns/user points to outside of any user namespace: USER_NS_INIT_INO.
    public const string InitialUserNamespace = "user:[4026531837]";
}
