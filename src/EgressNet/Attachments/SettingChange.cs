using EgressNet.Netlink.Links;
using EgressNet.Netlink.Namespaces;
using EgressNet.Plans;

namespace EgressNet.Attachments;

/// <summary>One change of a setting, with the others that the kernel changes along with it.</summary>
internal sealed class SettingChange
{
    private readonly EgressKernel _kernel;
    private readonly NetNamespace _ns;
    private readonly SettingStep _step;
    private readonly List<(string Setting, string Value)> _before = [];

    public SettingChange(EgressKernel kernel, NetNamespace ns, SettingStep step)
    {
        (_kernel, _ns, _step) = (kernel, ns, step);
        string? present = kernel.Settings.Read(ns, step.Setting);
        IsNeeded = present is not null && present != step.Value;
        if (IsNeeded)
        {
            _before.Add((step.Setting, present!));
            _before.AddRange(
                from setting in Along()
                let value = kernel.Settings.Read(ns, setting)
                where value is not null
                select (setting, value));
        }
    }

    /// <summary>Whether the kernel has the setting, with another value.</summary>
    public bool IsNeeded { get; }

    /// <summary>Whether the attachment does without it where it may not be set: an interface that forwards takes no router
    /// advertisements anyway, and duplicate address detection of link-local addresses costs a second of delay only, and IPv6 that is on without
    /// an address is a matter of speed.
    /// </summary>
    public bool CanBeSpared => _step.Setting.Split('/') switch
    {
        [.., "accept_dad"] => true,
        [.., "disable_ipv6"] => _step.Value == "1",
        [.. string[] folder, "accept_ra"] => _before[0].Value == "1"
            && _kernel.Settings.Read(_ns, string.Join('/', [.. folder, "forwarding"])) == "1",
        _ => false,
    };

    public void Do() => _kernel.Settings.Write(_ns, _step.Setting, _step.Value);

    public void Undo()
    {
        foreach ((string setting, string value) in _before)
        {
            if (_kernel.Settings.Read(_ns, setting) is { } present && present != value)
            {
                _kernel.Settings.Write(_ns, setting, value);
            }
        }
    }

    // Forwarding as a whole is forwarding by each interface to the kernel, and IPv4's turns redirects off
    // (inet_forward_change, addrconf_fixup_forwarding).
    private IEnumerable<string> Along() => _step.Setting switch
    {
        EgressPlan.IPv4Forwarding => ["net/ipv4/conf/all/accept_redirects", .. ForwardingOfEach("net/ipv4/conf")],
        EgressPlan.IPv6Forwarding => ForwardingOfEach("net/ipv6/conf"),
        _ => [],
    };

    private IEnumerable<string> ForwardingOfEach(string folder) => _kernel.Host.Links.List()
        .Select(link => link.Name).Prepend("default").Select(name => $"{folder}/{name}/forwarding");
}
