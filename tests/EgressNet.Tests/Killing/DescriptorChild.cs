using EgressNet.Attachments;
using EgressNet.Netlink;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Nodes;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Tests.Killing;

/// <summary>A process that makes an attachment, or looks after one, with ever more descriptors left, and writes what became
/// of it.</summary>
internal static class DescriptorChild
{
    /// <summary>The argument by which a process of the tests is one.</summary>
    public const string Word = "descriptor-child";

    private const int ENOMEM = 12, EMFILE = 24, Most = 20;

    public static int Play(string line)
    {
        KillJob job = KillJob.Parse(line);
        NamespaceReference node = NamespaceReference.Current;

        // What is loaded by then takes no descriptor later.
        using (EgressKernel warm = new(node))
        {
            Assert.Null(Try(() => Create(job, warm)));
            Remove(job, warm);
            Try(() => Create(job with { Container = "absent" }, warm));
            if (job.Operation != KilledOperation.New)
            {
                Create(job, warm);
                LookAfter(job, node);
                With(0, () => LookAfter(job, node));
            }
        }

        for (int free = 0; free <= Most; free++)
        {
            if (job.Operation == KilledOperation.New)
            {
                using EgressKernel kernel = new(node);
                Exception? thrown = With(free, () => Create(job, kernel));
                Tell(free, thrown);
                bool wasLeft = Remove(job, kernel);
                Console.WriteLine(wasLeft == (thrown is null) ? "as told" : $"{free} free: left {wasLeft}");
            }
            else if (job.Operation == KilledOperation.NewForce)
            {
                using EgressKernel kernel = new(node);
                Tell(free, With(free, () => Create(job, kernel, replace: true)));
                LookAfter(job, node);
            }
            else
            {
                Tell(free, With(free, () => LookAfter(job, node)));
            }
        }

        return 0;
    }

    private static Exception? With(int free, Action work)
    {
        List<FileStream> used = UseUp();
        used.TakeLast(free).ToList().ForEach(each => each.Dispose());
        Exception? thrown = Try(work);
        used.ForEach(each => each.Dispose());
        return thrown;
    }

    private static void Tell(int free, Exception? thrown) => Console.WriteLine(thrown switch
    {
        null => "made",
        NetlinkException { Errno: Errno.EMFILE } or NetNamespaceException { Errno: Errno.ENOMEM or Errno.EMFILE }
            or RecordException { IsExhausted: true } or IOException { HResult: EMFILE } => "exhausted",
        _ => $"{free} free: {thrown}".ReplaceLineEndings(" "),
    });

    // Each with connections of its own, as a cmdlet has.
    private static void LookAfter(KillJob job, NamespaceReference node)
    {
        Attachment read;
        using (EgressKernel kernel = new(node))
        {
            read = new AttachmentReader(kernel).Read(job.Wanted.Id.ContainerId).Single().Attachment;
        }

        using (EgressKernel kernel = new(node))
        {
            ThrowIfAny(new AttachmentInspection(kernel).Inspect(read));
        }

        using (EgressKernel kernel = new(node))
        {
            ThrowIfAny(new AttachmentRepair(kernel).Repair(new EgressPlan(read)));
        }
    }

    private static void ThrowIfAny(IReadOnlyCollection<EgressFinding> findings)
    {
        if (findings.Count > 0)
        {
            throw new InvalidOperationException(string.Join(", ", findings));
        }
    }

    private static void Create(KillJob job, EgressKernel kernel, bool replace = false) =>
        new AttachmentCreation(kernel).Create(new EgressPlan(job.Wanted), replace);

    // xunit's own would load an assembly.
    private static Exception? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    private static bool Remove(KillJob job, EgressKernel kernel)
    {
        AttachmentRemoval removal = new(kernel);
        bool wasThere = removal.Remove(job.Wanted);
        removal.RemoveTableIfEmpty();
        return wasThere;
    }

    private static List<FileStream> UseUp()
    {
        List<FileStream> used = [];
        try
        {
            while (true)
            {
                used.Add(File.OpenRead("/dev/null"));
            }
        }
        catch (IOException)
        {
            return used;
        }
    }
}
