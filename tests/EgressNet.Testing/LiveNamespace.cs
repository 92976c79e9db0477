using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace EgressNet.Testing;

/// <summary>
/// A network namespace for one test, looked into with the <c>ip</c> program, so that what we did is judged by somebody
/// else. It goes at the end of the process at the latest.
/// </summary>
public sealed class LiveNamespace : IDisposable
{
    private static readonly ConcurrentDictionary<string, LiveNamespace> s_living = new();

    static LiveNamespace() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();

    /// <summary>Skips the test where live tests cannot run.</summary>
    public LiveNamespace()
    {
        Live.Require();
        s_living[Name] = this;
        NamespaceName.Add(Path);
    }

    public string Name { get; } = NewName();

    public string Path => $"/run/netns/{Name}";

    public static string NewName() => $"egt-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>Takes the name away and gives it to a new namespace, as another program would. The old namespace lives on
    /// where somebody is in it.</summary>
    public void Remake()
    {
        NamespaceName.Delete(Path);
        NamespaceName.Add(Path);
    }

    /// <summary>As <see cref="Remake"/>, until the new namespace has the old one's inode number. Nobody may hold the old
    /// one. Skips the test where somebody else took the number, or the kernel tells such namespaces apart by nothing.
    /// </summary>
    public void RemakeWithSameInode()
    {
        if (!Live.HasNamespaceCookies)
        {
            Assert.Skip("This kernel has no SO_NETNS_COOKIE (Linux 5.14): the inode number is all that it tells.");
        }

        string old = FileNumbers;
        if (!SpinWait.SpinUntil(() => { Remake(); return FileNumbers == old; }, TimeSpan.FromSeconds(20)))
        {
            Assert.Skip($"No new namespace got the number {old} again: something else on this machine has it.");
        }
    }

    /// <summary>Device and inode number of the namespace, as stat(1) has them.</summary>
    public string FileNumbers => Tool.Run("stat", "-L", "-c", "%d:%i", Path).Trim();

    /// <summary>Runs <c>ip</c> inside with blank-separated arguments; fails with what it says on error.</summary>
    public string Ip(string args) => Run(() => Tool.Run("ip", Split(args)));

    /// <summary>Runs one <c>ip -d</c> inside for several lines of arguments, to the first that fails.</summary>
    public string IpBatch(params IEnumerable<string> lines) => Run(() => Tool.RunWith(
        string.Join('\n', lines), "ip", "-d", "-batch", "-"));

    /// <summary>As <see cref="IpBatch"/>, an object a line.</summary>
    public string IpLines(params IEnumerable<string> lines) => Run(() => Tool.RunWith(
        string.Join('\n', lines), "ip", "-o", "-d", "-batch", "-"));

    /// <summary>Adds the veth pair v0 and v1, both ends up, and brings loopback up.</summary>
    /// <param name="options">Options of both ends, such as <c>addrgenmode none</c>.</param>
    public void AddVeth(string options = "") => IpBatch(
        "link set lo up",
        "link add v0 type veth peer name v1",
        $"link set v1 up {options}",
        $"link set v0 up {options}");

    /// <summary>What <c>ip -j -d</c> prints inside; an empty array for nothing at all.</summary>
    public JsonElement IpJson(string args)
    {
        string text = Ip($"-j -d {args}");
        return JsonElement.Parse(string.IsNullOrWhiteSpace(text) ? "[]" : text);
    }

    /// <summary>Runs a program inside and returns what it prints; skips the test where there is none. It sees the /sys of
    /// this process.</summary>
    public string Exec(string file, params IEnumerable<string> args)
    {
        Live.RequireTool(file);
        return Run(() => Tool.Run(file, args));
    }

    /// <summary>Gives settings of <c>net</c> these values: <c>ipv4.ip_forward=1</c>.</summary>
    public void Set(params IReadOnlyList<string> settings) => Run(() =>
    {
        foreach (string[] setting in settings.Select(setting => setting.Split('=')))
        {
            File.WriteAllText($"/proc/sys/net/{setting[0].Replace('.', '/')}", setting[1]);
        }

        return settings.Count;
    });

    /// <summary>Does something inside, on a thread of its own. A program that is started there is inside too, at half the
    /// cost of <c>ip netns exec</c>, which starts twice and copies all mounts.</summary>
    public T Run<T>(Func<T> work) => NamespaceEntry.Run(Path, work);

    public void Dispose()
    {
        if (s_living.TryRemove(Name, out _))
        {
            NamespaceName.Delete(Path);
        }
    }

    public override string ToString() => Name;

    private static string[] Split(string args) => args.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void RemoveAll()
    {
        foreach (LiveNamespace ns in s_living.Values)
        {
            ns.Dispose();
        }
    }
}
