using System.Runtime.InteropServices;

namespace EgressNet.Bench.Live;

internal static class Machine
{
    public static void Print()
    {
        string kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        string processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal), "")
            .Split(": ", 2)[^1];
        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Report.Line($"Linux {kernel} {RuntimeInformation.OSArchitecture}");
        Report.Line($"{Environment.ProcessorCount} CPUs {processor}, load {load}");
        Report.Line($"{RuntimeInformation.FrameworkDescription}");
        Report.Line($"{Peer.Read("ip -V").Trim()}");
    }
}
