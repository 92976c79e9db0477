using System.Management.Automation;
using EgressNet.Shell;

try
{
    CommandLine line = CommandLine.Parse(args, Console.IsInputRedirected);
    if (line.Source is Source.Help)
    {
        Console.Out.WriteLine(CommandLine.Usage);
        return ExitCode.Success;
    }

    using Interruption interruption = new();
    using Session session = new(BuiltModule.Find(), interruption);
    return session.Run(line);
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"EgressNet.Shell: {exception.Message}");
    return ExitCode.Usage;
}
catch (RuntimeException exception)
{
    Console.Error.WriteLine($"EgressNet.Shell: {exception.Message}");
    return ExitCode.Failure;
}
