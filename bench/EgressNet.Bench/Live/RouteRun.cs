using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Bench.Live;

/// <summary>100,000 routes added, listed and deleted.</summary>
internal static class RouteRun
{
    private const int Rounds = 5;
    private const string IpAdd = "ip -batch, route add";
    private const string IpShow = "ip route show > /dev/null";
    private const string IpDelete = "ip -batch, route del";
    private const string AddFile = $"{PrivateNamespaces.Folder}/add";
    private const string DeleteFile = $"{PrivateNamespaces.Folder}/del";

    public static void Run()
    {
        using RouteTable table = new();
        WriteBatchFile(AddFile, "add");
        WriteBatchFile(DeleteFile, "del");
        Series addSingle = new("add, one message and one ACK each", RouteTable.Count, IpAdd);
        Series addBatch = new("add, batched", RouteTable.Count, IpAdd);
        Series ipAdd = new(IpAdd, RouteTable.Count);
        Series list = new("list to records", RouteTable.Count, IpShow);
        Series ipShow = new(IpShow, RouteTable.Count);
        Series deleteSingle = new("delete, one message and one ACK each", RouteTable.Count, IpDelete);
        Series deleteBatch = new("delete, batched", RouteTable.Count, IpDelete);
        Series ipDelete = new(IpDelete, RouteTable.Count);
        WarmUp(table);
        for (int round = 0; round < Rounds; round++)
        {
            addSingle.Measure(() => Array.ForEach(table.Routes, route => table.Connection.Routes.Write(route)));
            deleteSingle.Measure(() => Array.ForEach(table.Routes, route => table.Connection.Routes.Delete(route)));
            addBatch.Measure(table.AddBatched);
            list.Measure(() => Expect(List(table).Count));
            ipShow.Measure(() => Peer.Time("ip route show > /dev/null"));
            deleteBatch.Measure(table.DeleteBatched);
            ipAdd.Measure(() => Peer.Time($"ip -batch {AddFile}"));
            ipDelete.Measure(() => Peer.Time($"ip -batch {DeleteFile}"));
        }

        List<Series> lines = [addSingle, addBatch, ipAdd, list, ipShow, deleteSingle, deleteBatch, ipDelete];
        lines.AddRange(Pyroute2.Measure());
        Report.Print("IPv4 routes /32", lines);
    }

    public static List<Route> List(RouteTable table) =>
        [.. table.Connection.Routes.List(new RouteFilter { Family = AddressFamily.IPv4, Table = 254 })];

    private static void WarmUp(RouteTable table)
    {
        for (int i = 0; i < 2; i++)
        {
            table.AddBatched();
            Expect(List(table).Count);
            table.DeleteBatched();
        }
    }

    private static void Expect(int count)
    {
        if (count != RouteTable.Count)
        {
            throw new InvalidOperationException($"{count} routes were listed, not {RouteTable.Count}.");
        }
    }

    private static void WriteBatchFile(string path, string verb) => File.WriteAllLines(
        path,
        Enumerable.Range(0, RouteTable.Count)
            .Select(i => $"route {verb} {RouteTable.AddressOf(i)}/32 dev {RouteTable.Device}"));
}
