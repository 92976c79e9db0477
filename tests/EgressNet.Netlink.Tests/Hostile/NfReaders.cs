using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Tests.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Tests.Hostile;

/// <summary>The readers of the packet filter.</summary>
internal static class NfReaders
{
    private static readonly NfTable s_t = new() { Name = "t", UserData = NfUserData.Empty.WithComment("c") };
    private static readonly NfSet s_map = NfSet.AddressMap(s_t, "m", AddressFamily.IPv4);

    private static readonly byte[][] s_seeds =
    [
        Seed(each => each.Add(s_t)),
        Seed(each => each.Add(new NfChain
        {
            Table = "t", Name = "c", Type = "nat", Hook = NfHook.PostRouting, Policy = NfPolicy.Drop,
        })),
        Seed(each => each.Add(s_map)),
        Seed(each => each.Add(NfSet.AddressPairs(s_t, "x", AddressFamily.IPv4))),
        Seed(each => each.Add(s_map, NfElement.OfPair(InetAddress.Parse("10.0.0.1"), InetPrefix.Parse("10.0.0.0/8")))),
        Seed(each => each.Add(s_map, new NfElement
        {
            Key = InetAddress.Parse("10.0.0.1"), Value = InetAddress.Parse("10.0.0.1"), IsIntervalEnd = true, UserData = NfUserData.Empty.WithComment("c"),
        })),
        .. NfCapturedRules.All.Select(row => Seed(each => each.Add(new NfRule
        {
            Table = "t", Chain = "c", Expressions = row.Expressions,
        }))),
    ];

    public static IEnumerable<HostileReader> All { get; } =
    [
        new("tables", s_seeds, bytes => Each(bytes, static message =>
        {
            NfTable.TryRead(in message, out NfTable table);
            _ = (table.ToString(), table.GetHashCode(), table.UserData?.Comment);
        })),
        new("chains", s_seeds, bytes => Each(bytes, static message =>
        {
            NfChain.TryRead(in message, out NfChain chain);
            _ = (chain.ToString(), chain.GetHashCode());
        })),
        new("sets", s_seeds, bytes => Each(bytes, static message =>
        {
            NfSet.TryRead(in message, out NfSet set);
            _ = (set.ToString(), set.GetHashCode(), set.UserData?.Field(3));
        })),
        new("rules and their expressions", s_seeds, bytes => Each(bytes, static message =>
        {
            NfRule.TryRead(in message, out NfRule rule);
            _ = rule.Expressions.Select(each => (each.ToString(), each.GetHashCode())).ToList();
        })),
        new("elements", s_seeds, bytes => Each(bytes, static message =>
        {
            NfElement.TryRead(in message, out IReadOnlyList<NfElement> elements);
            _ = elements.Select(each => (each.ToString(), each.GetHashCode(), each.UserData?.Comment)).ToList();
        })),
        new("generations", s_seeds, bytes => Each(bytes, static message => _ = NfGeneration.Read(in message).ToString())),
        new("answers of the packet filter", s_seeds, bytes =>
        {
            Answering.With(bytes, connection => connection.NfTables.Find(s_t));
            Answering.With(bytes, connection => connection.NfTables.ListChains());
            Answering.With(bytes, connection => connection.NfTables.ListRules(s_t));
            Answering.With(bytes, connection => connection.NfTables.ListSets(s_t));
            Answering.With(bytes, connection => connection.NfTables.ListElements(s_map));
            Answering.With(bytes, connection => connection.NfTables.HasElements(s_map));
            Answering.With(bytes, connection => connection.NfTables.FindElement(s_map, InetAddress.Parse("10.0.0.1")));
            Answering.With(bytes, connection => connection.NfTables.GetGeneration());
            Answering.With(bytes, connection =>
            {
                NfTransaction transaction = connection.NfTables.CreateTransaction();
                transaction.Add(s_t);
                transaction.Add(s_map);
                transaction.Commit();
            });
        }, Answering.MaxBytes),
    ];

    private delegate void MessageUser(NetlinkMessage message);

    private static void Each(byte[] bytes, MessageUser use)
    {
        foreach (NetlinkMessage message in new MessageReader(bytes))
        {
            use(message);
        }
    }

    private static byte[] Seed(Action<NfTransaction> add) => NfEncoded.Sent(add)[1].Bytes;
}
