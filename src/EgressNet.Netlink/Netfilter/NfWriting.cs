using System.Buffers.Binary;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.NFTA_DATA;

namespace EgressNet.Netlink.Netfilter;

/// <summary>Writes headers and attributes specific to nf_tables.</summary>
internal static class NfWriting
{
    extension(ref NetlinkWriter writer)
    {
        public void NfHeader(NfFamily family, ushort resource = 0)
        {
            nfgenmsg header = new()
            {
                nfgen_family = (byte)family,
                version = NfnetlinkConstants.NFNETLINK_V0,
                res_id = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(resource) : resource,
            };
            writer.Header(in header);
        }

        public void Bytes<TType>(TType type, NfValue value) where TType : unmanaged, Enum =>
            value.CopyTo(writer.Reserve(type, value.Length));

        public void Value<TType>(TType type, NfValue value) where TType : unmanaged, Enum
        {
            int nest = writer.BeginNest(type);
            writer.Bytes(NFTA_DATA_VALUE, value);
            writer.EndNest(nest);
        }

        public void UserData<TType>(TType type, NfUserData? data) where TType : unmanaged, Enum
        {
            if (data is { Bytes.IsEmpty: false })
            {
                writer.Attribute(type, data.Bytes);
            }
        }

        public void UnlessZero<TType>(TType type, uint value) where TType : unmanaged, Enum
        {
            if (value != 0)
            {
                writer.BigEndian(type, value);
            }
        }
    }
}
