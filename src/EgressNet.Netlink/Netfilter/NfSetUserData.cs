namespace EgressNet.Netlink.Netfilter;

/// <summary>What nft keeps with a set so as to print its types again.</summary>
internal static class NfSetUserData
{
    private const byte KeyByteOrder = 0;
    private const byte DataByteOrder = 1;
    private const byte KeyTypeOf = 3;
    private const byte DataInterval = 6;
    private const byte ExpressionType = 0;
    private const byte ExpressionData = 1;
    private const uint Concatenation = 13;
    private const uint NoOrder = 0;
    private const uint NetworkOrder = 2;

    public static NfUserData For(bool isMap, bool isVerdict)
    {
        NfUserData data = NfUserData.Empty.With(KeyByteOrder, BitConverter.GetBytes(NetworkOrder));
        return !isMap
            ? data
            : data.With(DataByteOrder, BitConverter.GetBytes(isVerdict ? NoOrder : NetworkOrder))
                .With(DataInterval, BitConverter.GetBytes(0u));
    }

    /// <summary>Of keys of several fields, of which nft then goes by the number of their type.</summary>
    public static NfUserData ForFields()
    {
        NfUserData expression = NfUserData.Empty
            .With(ExpressionType, BitConverter.GetBytes(Concatenation)).With(ExpressionData, []);
        return NfUserData.Empty.With(KeyByteOrder, BitConverter.GetBytes(NoOrder)).With(KeyTypeOf, expression.Bytes);
    }
}
