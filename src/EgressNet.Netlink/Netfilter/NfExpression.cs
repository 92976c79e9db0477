using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_EXPR;

namespace EgressNet.Netlink.Netfilter;

/// <summary>One step of a rule: the kernel's name for it, and attributes that the name gives a meaning.</summary>
internal abstract record NfExpression
{
    protected abstract string Kind { get; }

    public static NfExpression Read(NetlinkAttribute element)
    {
        NfAttributes expression = new(element.Attributes);
        string kind = expression.Text(NFTA_EXPR_NAME) ?? "";
        AttributeReader nest = expression.Nest(NFTA_EXPR_DATA);
        NfAttributes data = new(nest);
        NfExpression? read = kind switch
        {
            "meta" => NfMeta.Read(ref data),
            "ct" => NfConntrack.Read(ref data),
            "payload" => NfPayload.Read(ref data),
            "cmp" => NfCompare.Read(ref data),
            "bitwise" => NfBitwise.Read(ref data),
            "lookup" => NfLookup.Read(ref data),
            "immediate" => NfDecide.Read(ref data),
            "nat" => NfNat.Read(ref data),
            "masq" => NfMasquerade.Read(ref data),
            "fib" => NfFib.Read(ref data),
            "match" => NfExtension.Read(ref data),
            _ => null,
        };
        return read is null || data.HasMore() ? new NfOtherExpression(kind, RawAttributes.Of(nest)) : read;
    }

    public void Write(ref NetlinkWriter writer)
    {
        int element = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
        writer.Text(NFTA_EXPR_NAME, Kind);
        int data = writer.BeginNest(NFTA_EXPR_DATA);
        WriteData(ref writer);
        writer.EndNest(data);
        writer.EndNest(element);
    }

    protected abstract void WriteData(ref NetlinkWriter writer);
}

/// <summary>An expression that is not modelled, or has attributes that are not, byte for byte.</summary>
internal sealed record NfOtherExpression(string Name, RawAttributes Data) : NfExpression
{
    protected override string Kind => Name;

    protected override void WriteData(ref NetlinkWriter writer) => writer.Raw(Data.Bytes);
}
