using EgressNet.Records;

namespace EgressNet.Tests.Fakes;

/// <summary>The file system, but for one access by a record that goes wrong.</summary>
internal sealed class FaultyFiles(Fault fault) : RecordFiles
{
    protected override void Change(string path, Action change)
    {
        if (!fault.Strikes(isQuestion: false))
        {
            base.Change(path, change);
            return;
        }

        if (fault.Kind == FaultKind.ReplyLost)
        {
            base.Change(path, change);
        }

        base.Change(path, () => throw new IOException("No luck.", fault.Errno));
    }

    protected override T Ask<T>(string path, Func<T> question) => base.Ask(
        path, fault.Strikes(isQuestion: true) ? () => throw new IOException("No luck.", fault.Errno) : question);
}
