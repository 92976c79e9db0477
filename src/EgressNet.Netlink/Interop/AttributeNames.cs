namespace EgressNet.Netlink.Interop;

/// <summary>What the C headers call the attributes of one level, and of the nests among them.</summary>
internal abstract class AttributeNames
{
    public static AttributeNames Link { get; } = new Level<IFLA>((ushort)IFLA.IFLA_LINKINFO, new Level<IFLA_INFO>());

    public static AttributeNames Address { get; } = new Level<IFA>();

    public static AttributeNames Route { get; } = new Level<RTA>((ushort)RTA.RTA_METRICS, new Level<RTAX>());

    public static AttributeNames None { get; } = new Level<NLA>();

    public abstract string Of(ushort attribute);

    public abstract AttributeNames? Inside(ushort attribute);

    private enum NLA : ushort;

    private sealed class Level<TType>(ushort nest = 0, AttributeNames? inside = null) : AttributeNames
        where TType : unmanaged, Enum
    {
        public override string Of(ushort attribute) => Enum.GetName(typeof(TType), attribute) ?? $"attribute {attribute}";

        public override AttributeNames? Inside(ushort attribute) => attribute == nest ? inside : null;
    }
}
