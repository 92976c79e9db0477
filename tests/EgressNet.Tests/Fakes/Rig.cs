using EgressNet.Changes;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;

namespace EgressNet.Tests.Fakes;

/// <summary>A namespace with the veth pair v0, v1, both up, and connections into it, one of which fails on demand.
/// </summary>
internal sealed class Rig : IDisposable
{
    public Rig()
    {
        // A link-local address would change by itself while the state is compared.
        Ns.AddVeth("addrgenmode none");
        Conversation = new Conversation(() => NetlinkConnection.Open(Namespace));
        Faults = FaultyTransport.Open(Ns.Name);
        Faulty = new Conversation(() => new NetlinkConnection(Faults));
        Index = Connection.Links.Get("v0").Index;
    }

    public LiveNamespace Ns { get; } = new();

    public NamespaceReference Namespace => NamespaceReference.FromName(Ns.Name);

    public Conversation Conversation { get; }

    public NetlinkConnection Connection => Conversation.Connection;

    public FaultyTransport Faults { get; }

    public Conversation Faulty { get; }

    public int Index { get; }

    /// <summary>Addresses and routes of every table, as <c>ip</c> sees them.</summary>
    public string State => Ns.IpLines("address show dev v0", "route show table all");

    public IEnumerable<string> Lines(string args) =>
        Ns.Ip(args).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim());

    public static InetPrefix Prefix(string text) => InetPrefix.Parse(text);

    public static InetAddress Address(string text) => InetAddress.Parse(text);

    public void Dispose()
    {
        Conversation.Dispose();
        Faulty.Dispose();
        Ns.Dispose();
    }
}
