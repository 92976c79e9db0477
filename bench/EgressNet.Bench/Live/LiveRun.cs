namespace EgressNet.Bench.Live;

/// <summary>The core beside other programs on the same kernel, in the same minutes.</summary>
internal static class LiveRun
{
    public static int Run(string[] parts)
    {
        try
        {
            PrivateNamespaces.Enter();
        }
        catch (InvalidOperationException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }

        Machine.Print();
        foreach ((string name, Action run) in (ReadOnlySpan<(string, Action)>)[
            ("routes", RouteRun.Run),
            ("memory", MemoryRun.Run),
            ("containers", ContainerRun.Run),
            ("attachments", AttachmentRun.Run),
            ("all", AllAttachmentsRun.Run),
            ("conntrack", ConntrackRun.Run),
            ("nat", NatRun.Run),
            ("ping", FirstPingRun.Run),
            ("pipeline", PipelineRun.Run),
            ("pipeline", PipelineWriteRun.Run),
            ("session", SessionRun.Run)])
        {
            if (parts is [] || parts.Contains(name))
            {
                run();
            }
        }

        return 0;
    }
}
