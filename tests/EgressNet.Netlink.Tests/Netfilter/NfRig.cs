using System.Text.Json;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Testing;
using Xunit;

namespace EgressNet.Netlink.Tests.Netfilter;

/// <summary>A namespace of the live kernel with a netfilter connection of ours into it, and <c>nft</c> as the judge.</summary>
internal sealed class NfRig : IDisposable
{
    public static readonly NfTable Table = new() { Name = "t" };

    /// <summary>Skips the test where there is no <c>nft</c>, or no nf_tables in the kernel.</summary>
    public NfRig()
    {
        Live.RequireTool("nft");
        try
        {
            Connection = NetlinkConnection.OpenNetfilter(
                NamespaceReference.FromName(Ns.Name), cancellationToken: TestContext.Current.CancellationToken);
            Connection.NfTables.GetGeneration();
        }
        catch (NetlinkException absent) when (absent.ErrnoName is "EOPNOTSUPP" or "EINVAL" or "EPROTONOSUPPORT")
        {
            Dispose();
            Assert.Skip($"There is no nf_tables in this kernel: {absent.Message}");
        }
    }

    public LiveNamespace Ns { get; } = new();

    public NetlinkConnection Connection { get; }

    public NfTablesOperations Tables => Connection.NfTables;

    /// <summary>What nft lists, its first entry about itself left out.</summary>
    public List<JsonElement> Listed(string what = "ruleset") =>
        [.. JsonElement.Parse(Ns.Exec("nft", ["-j", "list", .. what.Split(' ')]))
            .GetProperty("nftables").EnumerateArray().Skip(1)];

    public string Text => Ns.Exec("nft", "list", "ruleset");

    public JsonElement One(string kind, string name) =>
        Listed().Single(each => each.TryGetProperty(kind, out JsonElement it) && it.GetProperty("name").GetString() == name)
            .GetProperty(kind);

    public void Nft(string commands) => Ns.Exec("nft", commands);

    public void Commit(Action<NfTransaction> fill, NfGeneration? expected = null)
    {
        NfTransaction transaction = Tables.CreateTransaction(expected);
        fill(transaction);
        transaction.Commit();
    }

    public NfTransactionException Refused(Action<NfTransaction> fill, NfGeneration? expected = null) =>
        Assert.Throws<NfTransactionException>(() => Commit(fill, expected));

    public static NfSet VerdictMap(string name, AddressFamily family)
    {
        NfSet map = NfSet.AddressMap(Table, name, family);
        return map with
        {
            DataType = NfDataType.Verdict,
            DataLength = 0,
            UserData = NfUserData.Empty.With(0, BitConverter.GetBytes(2)).With(1, new byte[4]).With(6, new byte[4]),
        };
    }

    public static InetAddress Address(string text) => InetAddress.Parse(text);

    public static InetPrefix Prefix(string text) => InetPrefix.Parse(text);

    public void Dispose()
    {
        Connection?.Dispose();
        Ns.Dispose();
    }
}
