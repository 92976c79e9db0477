using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_EXPR;

namespace EgressNet.Netlink.Netfilter;

/// <summary>An expression as NFTA_LIST_ELEM carries it: its name, and attributes that the name gives a meaning.</summary>
internal static partial class NfExpressionMessage
{
    public static void Write(ref NetlinkWriter writer, NfExpression expression)
    {
        int element = writer.BeginNest(NFTA_LIST.NFTA_LIST_ELEM);
        writer.Text(NFTA_EXPR_NAME, NameOf(expression));
        if (expression is not NfOtherExpression { Data: null })
        {
            int data = writer.BeginNest(NFTA_EXPR_DATA);
            WriteData(ref writer, expression);
            writer.EndNest(data);
        }

        writer.EndNest(element);
    }

    public static NfExpression Read(NetlinkAttribute element)
    {
        string name = "";
        NetlinkAttribute data = default;
        foreach (NetlinkAttribute attribute in element.Attributes)
        {
            switch ((NFTA_EXPR)attribute.Type)
            {
                case NFTA_EXPR_NAME:
                    name = attribute.Text;
                    break;
                case NFTA_EXPR_DATA:
                    data = attribute;
                    break;
            }
        }

        if (data.Whole.IsEmpty)
        {
            return new NfOtherExpression(name, null);
        }

        return ReadData(name, data) ?? new NfOtherExpression(name, Raw(data));
    }

    private static string NameOf(NfExpression expression) => expression switch
    {
        NfMeta => "meta",
        NfConntrack => "ct",
        NfPayload => "payload",
        NfCompare => "cmp",
        NfBitwise => "bitwise",
        NfLookup => "lookup",
        NfImmediate or NfDecide => "immediate",
        NfNat => "nat",
        NfMasquerade => "masq",
        NfFib => "fib",
        NfCounter => "counter",
        NfExtension => "match",
        NfOtherExpression other => other.Name,
        _ => throw new ArgumentException($"There is no such expression: {expression}."),
    };

    private static NfExpression? ReadData(string name, NetlinkAttribute data) => name switch
    {
        "meta" => ReadMeta(data),
        "ct" => ReadConntrack(data),
        "payload" => ReadPayload(data),
        "cmp" => ReadCompare(data),
        "bitwise" => ReadBitwise(data),
        "lookup" => ReadLookup(data),
        "immediate" => ReadImmediate(data),
        "nat" => ReadNat(data),
        "masq" => ReadMasquerade(data),
        "fib" => ReadFib(data),
        "counter" => ReadCounter(data),
        "match" => ReadExtension(data),
        _ => null,
    };

    private static RawAttributes Raw(NetlinkAttribute data)
    {
        RawAttributesBuilder raw = default;
        foreach (NetlinkAttribute attribute in data.Attributes)
        {
            raw.Add(attribute);
        }

        return raw.Build() ?? new RawAttributes([]);
    }
}
