namespace EgressNet.Netlink.Interop;

/// <summary>The C names of the attributes of one level, and of nested ones.</summary>
internal abstract class AttributeNames
{
    public static AttributeNames Link => new Level<IFLA>((ushort)IFLA.IFLA_LINKINFO, new Level<IFLA_INFO>());

    public static AttributeNames Address => new Level<IFA>();

    public static AttributeNames Route => new Level<RTA>((ushort)RTA.RTA_METRICS, new Level<RTAX>());

    public static AttributeNames Neighbor => new Level<NDA>();

    public static AttributeNames Rule => new Level<FRA>();

    public static AttributeNames None => new Level<NLA>();

    private static AttributeNames Table => new Level<NFTA_TABLE>();

    private static AttributeNames Chain => new Level<NFTA_CHAIN>(
        (ushort)NFTA_CHAIN.NFTA_CHAIN_HOOK, new Level<NFTA_HOOK>());

    private static AttributeNames NfRule => new Level<NFTA_RULE>(
        (ushort)NFTA_RULE.NFTA_RULE_EXPRESSIONS,
        new Level<NFTA_LIST>((ushort)NFTA_LIST.NFTA_LIST_ELEM, new Level<NFTA_EXPR>()));

    private static AttributeNames Set => new Level<NFTA_SET>(
        (ushort)NFTA_SET.NFTA_SET_DESC, new Level<NFTA_DESC>(
            (ushort)NFTA_DESC.NFTA_SET_DESC_CONCAT,
            new Level<NFTA_LIST>((ushort)NFTA_LIST.NFTA_LIST_ELEM, new Level<NFTA_SET_FIELD>())));

    private static AttributeNames Elements => new Level<NFTA_SET_ELEM_LIST>(
        (ushort)NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS, new Level<NFTA_LIST>(
            (ushort)NFTA_LIST.NFTA_LIST_ELEM,
            new Level<NFTA_SET_ELEM>((ushort)NFTA_SET_ELEM.NFTA_SET_ELEM_KEY, new Level<NFTA_DATA>())));

    private static AttributeNames Conntrack => new Level<CTA>(
        (ushort)CTA.CTA_TUPLE_ORIG, new Level<CTA_TUPLE>((ushort)CTA_TUPLE.CTA_TUPLE_IP, new Level<CTA_IP>()));

    /// <returns>Null for a message that is none of nf_tables or connection tracking.</returns>
    public static AttributeNames? OfNetfilter(ushort type) => (type >> 8) switch
    {
        NfnetlinkConstants.NFNL_SUBSYS_CTNETLINK => Conntrack,
        NfnetlinkConstants.NFNL_SUBSYS_NFTABLES => OfNfTables((NFT_MSG)(type & 0xff)),
        _ => null,
    };

    public abstract string Of(ushort attribute);

    public abstract AttributeNames? Inside(ushort attribute);

    private static AttributeNames? OfNfTables(NFT_MSG message) => message switch
    {
        <= NFT_MSG.NFT_MSG_DELTABLE => Table,
        <= NFT_MSG.NFT_MSG_DELCHAIN => Chain,
        <= NFT_MSG.NFT_MSG_DELRULE => NfRule,
        <= NFT_MSG.NFT_MSG_DELSET => Set,
        <= NFT_MSG.NFT_MSG_DELSETELEM => Elements,
        _ => null,
    };

    private enum NLA : ushort;

    private sealed class Level<TType>(ushort nest = 0, AttributeNames? inside = null) : AttributeNames
        where TType : unmanaged, Enum
    {
        public override string Of(ushort attribute) => Enum.GetName(typeof(TType), attribute) ?? $"attribute {attribute}";

        public override AttributeNames? Inside(ushort attribute) => attribute == nest ? inside : null;
    }
}
