using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_CHAIN;
using static EgressNet.Netlink.Interop.NFTA_HOOK;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Where on a packet's way a base chain sits, in the families inet, ip and ip6.</summary>
internal enum NfHook : uint
{
    /// <summary>Before the routing decision.</summary>
    PreRouting = NF_INET.NF_INET_PRE_ROUTING,
    Input = NF_INET.NF_INET_LOCAL_IN,
    Forward = NF_INET.NF_INET_FORWARD,
    Output = NF_INET.NF_INET_LOCAL_OUT,

    /// <summary>After the routing decision, where source NAT is done.</summary>
    PostRouting = NF_INET.NF_INET_POST_ROUTING,
    Ingress = NF_INET.NF_INET_INGRESS,
}

/// <summary>The policy of a base chain for packets without a verdict.</summary>
internal enum NfPolicy : uint
{
    Drop = NF.NF_DROP,
    Accept = NF.NF_ACCEPT,
}

/// <summary>A chain of rules: a base chain at a hook, or a regular chain that others jump to.</summary>
internal sealed record NfChain
{
    /// <summary>The priority at which source NAT is done; <c>srcnat</c> to nft.</summary>
    public const int SourceNatPriority = 100;

    public NfFamily Family { get; init; } = NfFamily.Inet;

    public required string Table { get; init; }

    public required string Name { get; init; }

    /// <summary>The hook of a base chain; null for a regular chain.</summary>
    public NfHook? Hook { get; init; }

    /// <summary>Its place among the chains of the hook.</summary>
    public int Priority { get; init; }

    /// <summary>The type of a base chain: <c>filter</c>, <c>nat</c> or <c>route</c>.</summary>
    public string? Type { get; init; }

    public NfPolicy? Policy { get; init; }

    public static bool TryRead(in NetlinkMessage message, out NfChain chain)
    {
        NfAttributes attributes = new(message.Attributes<nfgenmsg>());
        NfAttributes hook = new(attributes.Nest(NFTA_CHAIN_HOOK));
        chain = new NfChain
        {
            Family = (NfFamily)message.Header<nfgenmsg>().nfgen_family,
            Table = attributes.Text(NFTA_CHAIN_TABLE) ?? "",
            Name = attributes.Text(NFTA_CHAIN_NAME) ?? "",
            Type = attributes.Text(NFTA_CHAIN_TYPE),
            Policy = (NfPolicy?)attributes.U32(NFTA_CHAIN_POLICY),
            Hook = (NfHook?)hook.U32(NFTA_HOOK_HOOKNUM),
            Priority = (int)(hook.U32(NFTA_HOOK_PRIORITY) ?? 0),
        };
        return message.Type == (ushort)NfMessageType.NewChain;
    }

    public void Write(ref NetlinkWriter writer)
    {
        WriteName(ref writer);
        if (Type is { } type)
        {
            writer.Text(NFTA_CHAIN_TYPE, type);
        }

        if (Policy is { } policy)
        {
            writer.BigEndian(NFTA_CHAIN_POLICY, (uint)policy);
        }

        if (Hook is { } hook)
        {
            int nest = writer.BeginNest(NFTA_CHAIN_HOOK);
            writer.BigEndian(NFTA_HOOK_HOOKNUM, (uint)hook);
            writer.BigEndian(NFTA_HOOK_PRIORITY, (uint)Priority);
            writer.EndNest(nest);
        }
    }

    public void WriteName(ref NetlinkWriter writer)
    {
        writer.NfHeader(Family);
        writer.Text(NFTA_CHAIN_TABLE, Table);
        writer.Text(NFTA_CHAIN_NAME, Name);
    }
}
