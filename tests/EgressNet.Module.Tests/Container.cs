namespace EgressNet.Module.Tests;

/// <summary>A namespace with a veth pair of its own, both ends inside and up, made by <c>ip</c>.</summary>
internal sealed class Container : IDisposable
{
    public Container()
    {
        Ns.Ip("link set lo up");
        Ns.Ip("link add v0 type veth peer name v1");
        // A link-local address would change by itself while it is looked at.
        Ns.Ip("link set v0 addrgenmode none");
        Ns.Ip("link set v1 addrgenmode none");
        Ns.Ip("link set v1 up");
        Ns.Ip("link set v0 up");
        Ns.Ip("address add 192.0.2.5/24 dev v0");
        Ns.Ip("address add fd00::5/64 dev v0 nodad");
        Ns.Ip("route add 198.51.100.0/24 via 192.0.2.1");
    }

    public LiveNamespace Ns { get; } = new();

    public string Name => Ns.Name;

    /// <summary>Links, addresses and routes as text, without what ticks by itself.</summary>
    public string State => string.Join(
        '\n', Ns.Ip("link show"), Ns.Ip("address show"), Ns.Ip("route show table all"), Ns.Ip("-6 route show table all"));

    public void Dispose() => Ns.Dispose();
}
