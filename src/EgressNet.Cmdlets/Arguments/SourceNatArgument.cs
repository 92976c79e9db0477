using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet.Arguments;

/// <summary>The source NAT of each address of an attachment, from parameters.</summary>
internal sealed class SourceNatArgument
{
    private readonly InetAddress[] _addresses;
    private readonly PortRandomization _randomization;
    private readonly bool _isNone;

    public SourceNatArgument(InetAddress[] addresses, bool isNone, PortRandomization randomization)
    {
        EgressRequest.ThrowIfAmbiguous("NatAddress", addresses, ErrorId.InvalidNatAddress);
        if (isNone && addresses is [InetAddress first, ..])
        {
            throw new ErrorRecordException($"NatAddress '{first}' contradicts NoNat."
                .ToError(ErrorId.InvalidNatAddress, ErrorCategory.InvalidArgument, first.ToString()));
        }

        (_addresses, _isNone, _randomization) = (addresses, isNone, randomization);
    }

    public SourceNat? Of(InetPrefix address) => _isNone
        ? null
        : new SourceNat(EgressRequest.OfFamily(_addresses, address.Family), _randomization);
}
