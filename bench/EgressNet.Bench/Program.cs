using EgressNet.Bench.Live;
using EgressNet.Bench.Micro;

switch (args)
{
    case ["micro", .. string[] options]:
        return MicroRun.Run(options);
    case ["live", .. string[] parts]:
        return LiveRun.Run(parts);
    default:
        Console.Error.WriteLine("Usage: EgressNet.Bench micro [BenchmarkDotNet options]");
        Console.Error.WriteLine("       EgressNet.Bench live [routes] [memory] [containers] [attachments] [all] [conntrack] [nat] [ping] [pipeline] [session]");
        return 2;
}
