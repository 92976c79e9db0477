using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Plans;
using EgressNet.Records;

namespace EgressNet.Tests.Killing;

/// <summary>A process that makes an attachment with ever more descriptors left, and writes what became of it.</summary>
internal static class DescriptorChild
{
    /// <summary>The argument by which a process of the tests is one.</summary>
    public const string Word = "descriptor-child";

    private const int ENOMEM = 12, EMFILE = 24, Most = 12;

    public static int Play(string line)
    {
        KillJob job = KillJob.Parse(line);
        NetNamespace node = NetNamespace.FromName(job.Host);

        // What is loaded by then takes no descriptor later.
        using (EgressKernel warm = new(node))
        {
            Assert.Null(Try(() => Create(job, warm)));
            Remove(job, warm);
            Try(() => Create(job with { Container = "absent" }, warm));
        }

        for (int free = 0; free <= Most; free++)
        {
            using EgressKernel kernel = new(node);
            List<FileStream> used = UseUp();
            used.TakeLast(free).ToList().ForEach(each => each.Dispose());
            Exception? thrown = Try(() => Create(job, kernel));
            used.ForEach(each => each.Dispose());
            Console.WriteLine(thrown switch
            {
                null => "made",
                NetlinkException { Errno: EMFILE } or NetNamespaceException { Errno: ENOMEM or EMFILE }
                    or RecordException { IsExhausted: true } => "exhausted",
                _ => $"{free} free: {thrown}".ReplaceLineEndings(" "),
            });
            bool wasLeft = Remove(job, kernel);
            Console.WriteLine(wasLeft == (thrown is null) ? "as told" : $"{free} free: left {wasLeft}");
        }

        return 0;
    }

    private static void Create(KillJob job, EgressKernel kernel) =>
        new AttachmentCreation(kernel).Create(new EgressPlan(job.Wanted));

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
