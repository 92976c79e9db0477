using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Routes;
using EgressNet.Netlink.Wire;
using static EgressNet.Netlink.Interop.FRA;

namespace EgressNet.Netlink.Rules;

/// <summary>Reads a rule, attribute by attribute.</summary>
internal ref struct RouteRuleReader
{
    private const uint Unset = uint.MaxValue;
    private const byte AllBitsOfDscp = 0x3f;
    private InetAddress _source;
    private InetAddress _destination;
    private string? _input, _output;
    private uint _priority, _mark, _mask, _table, _target;
    private uint _suppressedLength = Unset, _suppressedGroup = Unset;
    private byte _protocol, _ipProtocol;
    private byte? _dscp;
    private bool _isForVrf;
    private ulong _tunnel;
    private RuleRange? _sourcePort, _destinationPort, _uids;
    private RawAttributesBuilder _unknown;

    public RouteRuleReader()
    {
    }

    public static bool TryRead(in NetlinkMessage message, out RouteRule rule)
    {
        fib_rule_hdr header = message.Header<fib_rule_hdr>();
        RouteRuleReader reader = new() { _table = header.table };
        foreach (NetlinkAttribute attribute in message.Attributes<fib_rule_hdr>())
        {
            reader.Take(attribute);
        }

        rule = reader.Build(header);
        return rule.Family is AddressFamily.IPv4 or AddressFamily.IPv6
            && IsSound(rule, rule.Source) && IsSound(rule, rule.Destination);
    }

    private static bool IsSound(RouteRule rule, InetPrefix? prefix) =>
        prefix is not { } read || (read.Family == rule.Family && read.Length <= read.Address.BitLength);

    private static RuleRange Ports(fib_rule_port_range range) => new(range.start, range.end);

    private void Take(NetlinkAttribute attribute)
    {
        switch ((FRA)attribute.Type)
        {
            case FRA_SRC:
                _source = InetAddress.FromBytes(attribute.Payload);
                break;
            case FRA_DST:
                _destination = InetAddress.FromBytes(attribute.Payload);
                break;
            case FRA_IIFNAME:
                _input = attribute.Text;
                break;
            case FRA_OIFNAME:
                _output = attribute.Text;
                break;
            case FRA_PRIORITY:
                _priority = attribute.U32;
                break;
            case FRA_FWMARK:
                _mark = attribute.U32;
                break;
            case FRA_FWMASK:
                _mask = attribute.U32;
                break;
            case FRA_TABLE:
                _table = attribute.U32;
                break;
            case FRA_GOTO:
                _target = attribute.U32;
                break;
            case FRA_TUN_ID:
                _tunnel = attribute.U64BigEndian;
                break;
            case FRA_L3MDEV:
                _isForVrf = attribute.U8 != 0;
                break;
            case FRA_PROTOCOL:
                _protocol = attribute.U8;
                break;
            case FRA_IP_PROTO:
                _ipProtocol = attribute.U8;
                break;
            case FRA_DSCP:
                _dscp = attribute.U8;
                break;
            case FRA_SUPPRESS_PREFIXLEN:
                _suppressedLength = attribute.U32;
                break;
            case FRA_SUPPRESS_IFGROUP:
                _suppressedGroup = attribute.U32;
                break;
            case FRA_SPORT_RANGE:
                _sourcePort = Ports(attribute.Struct<fib_rule_port_range>());
                break;
            case FRA_DPORT_RANGE:
                _destinationPort = Ports(attribute.Struct<fib_rule_port_range>());
                break;
            case FRA_UID_RANGE:
                fib_rule_uid_range uids = attribute.Struct<fib_rule_uid_range>();
                _uids = new RuleRange(uids.start, uids.end);
                break;
            case FRA_PAD:
            case FRA_DSCP_MASK when attribute.U8 == AllBitsOfDscp:
            case FRA_SPORT_MASK or FRA_DPORT_MASK when attribute.U16 == ushort.MaxValue:
                break;
            default:
                _unknown.Add(attribute);
                break;
        }
    }

    private readonly RouteRule Build(fib_rule_hdr header) => new()
    {
        Family = (AddressFamily)header.family,
        Priority = _priority,
        Source = header.src_len == 0 ? null : new InetPrefix(_source, header.src_len),
        Destination = header.dst_len == 0 ? null : new InetPrefix(_destination, header.dst_len),
        InputInterface = string.IsNullOrEmpty(_input) ? null : _input,
        OutputInterface = string.IsNullOrEmpty(_output) ? null : _output,
        Mark = _mark,
        MarkMask = _mask,
        TypeOfService = header.tos,
        Dscp = _dscp,
        IPProtocol = _ipProtocol,
        SourcePort = _sourcePort,
        DestinationPort = _destinationPort,
        UidRange = _uids,
        TunnelId = _tunnel,
        Action = (RouteRuleAction)header.action,

        // ip gives every rule a table, also one that looks in none.
        Table = (RouteRuleAction)header.action == RouteRuleAction.Lookup ? _table : 0,
        IsForVrf = _isForVrf,
        Target = _target,
        SuppressPrefixLength = _suppressedLength == Unset ? null : (int)_suppressedLength,
        SuppressInterfaceGroup = _suppressedGroup == Unset ? null : _suppressedGroup,
        Flags = (RouteRuleFlags)header.flags,
        Protocol = (RouteProtocol)_protocol,
        Unknown = _unknown.Build(),
    };
}
