using EgressNet.Nat;
using EgressNet.Netlink;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Tests.Attachments;
using EgressNet.Tests.Fakes;

namespace EgressNet.Tests.Nat;

/// <summary>A kernel without nf_tables says so in several ways and is told of in one.</summary>
public sealed class WithoutNfTablesTests
{
    private const int EINVAL = 22, EPROTONOSUPPORT = 93, EOPNOTSUPP = 95;

    [Fact]
    public void A_kernel_without_nfnetlink_is_one_without_nf_tables()
    {
        using EgressKernel kernel = new(
            openNetfilter: _ => throw new NetlinkException(new("open", NetlinkObject.Socket), Errno.EPROTONOSUPPORT));
        AssertAbsent(() => kernel.Netfilter);
    }

    [Theory]
    [InlineData(EINVAL)]
    [InlineData(EPROTONOSUPPORT)]
    [InlineData(EOPNOTSUPP)]
    public void A_request_that_such_a_kernel_refuses_says_the_same(int errno)
    {
        using Node node = new();
        Func<NatTable, object>[] operations =
        [
            nat => nat.State, nat => nat.List(), nat => nat.Add([], _ => true), nat => nat.Remove("pods/c1/eg0", []),
            nat => nat.RemoveTableIfEmpty(),
        ];
        Assert.All(operations, operation =>
        {
            Fault fault = new() { At = 1, Kind = FaultKind.Refused, WritesOnly = false, Errno = errno };
            using NetlinkConnection refused =
                new(FaultyTransport.OpenNetfilter(NamespaceReference.FromName(node.Host.Name), fault));
            AssertAbsent(() => operation(new NatTable(refused)));
        });
    }

    private static void AssertAbsent(Func<object> question)
    {
        NetlinkException thrown = Assert.Throws<NetlinkException>(() => { question(); });
        Assert.Equal((EOPNOTSUPP, "This kernel has no nf_tables"), ((int)thrown.Errno, thrown.KernelMessage));
    }
}
