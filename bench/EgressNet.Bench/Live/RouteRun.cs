using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Routes;

namespace EgressNet.Bench.Live;

/// <summary>100,000 routes added, listed and deleted.</summary>
internal static class RouteRun
{
    private const int Rounds = 5;
    private const string AddFile = $"{PrivateNamespaces.Folder}/add";
    private const string DeleteFile = $"{PrivateNamespaces.Folder}/del";

    public static void Run()
    {
        using RouteTable table = new();
        WriteBatchFile(AddFile, "add");
        WriteBatchFile(DeleteFile, "del");
        Series ipAdd = new("ip -batch", RouteTable.Count);
        Series ipShow = new("ip route show > /dev/null", RouteTable.Count);
        Series ipDelete = new("ip -batch", RouteTable.Count);
        Series addSingle = new("one message and one ACK each", RouteTable.Count, ipAdd);
        Series addBatch = new("batched", RouteTable.Count, ipAdd);
        Series list = new("to records", RouteTable.Count, ipShow);
        Series deleteSingle = new("one message and one ACK each", RouteTable.Count, ipDelete);
        Series deleteBatch = new("batched", RouteTable.Count, ipDelete);
        WarmUp(table);
        for (int round = 0; round < Rounds; round++)
        {
            addSingle.Measure(table.AddSingly);
            deleteSingle.Measure(table.DeleteSingly);
            addBatch.Measure(table.AddBatched);
            list.Measure(() => RouteTable.Expect(List(table).Count));
            ipShow.Measure(() => Peer.Time("ip route show > /dev/null"));
            deleteBatch.Measure(table.DeleteBatched);
            ipAdd.Measure(() => Peer.Time($"ip -batch {AddFile}"));
            ipDelete.Measure(() => Peer.Time($"ip -batch {DeleteFile}"));
        }

        (Series pyAdd, Series pyList, Series pyDelete) = Pyroute2.Measure();
        Report.Print("IPv4 routes: add", addSingle, addBatch, ipAdd, pyAdd);
        Report.Print("IPv4 routes: list", list, ipShow, pyList);
        Report.Print("IPv4 routes: delete", deleteSingle, deleteBatch, ipDelete, pyDelete);
    }

    public static List<Route> List(RouteTable table) =>
        [.. table.Connection.Routes.List(new RouteFilter { Family = AddressFamily.IPv4, Table = 254 })];

    private static void WarmUp(RouteTable table)
    {
        for (int i = 0; i < 2; i++)
        {
            table.AddBatched();
            RouteTable.Expect(List(table).Count);
            table.DeleteBatched();
        }
    }

    private static void WriteBatchFile(string path, string verb) => File.WriteAllLines(
        path,
        Enumerable.Range(0, RouteTable.Count)
            .Select(i => $"route {verb} {RouteTable.AddressOf(i)}/32 dev {RouteTable.Device}"));
}
