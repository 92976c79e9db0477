using EgressNet.Addresses;
using EgressNet.Attachments;
using EgressNet.Changes;
using EgressNet.Cni;
using EgressNet.IPInterfaces;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Netfilter;
using EgressNet.Netlink.Transport;
using EgressNet.Netlink.Wire;
using EgressNet.Operations;
using EgressNet.Records;
using EgressNet.Routes;
using EgressNet.Rules;
using EgressNet.Veths;

using static EgressNet.Netlink.Errno;

namespace EgressNet.Errors;

/// <summary>Builds the error records of the module, so that ids and categories live in one place.</summary>
internal static class ErrorRecords
{
    /// <returns>The record for a failure of the lower layers, or null for an exception that is not theirs.</returns>
    public static ErrorRecord? ToFailedError(this Exception fault, Subject subject, object? target) => fault switch
    {
        NetlinkException refusal => refusal.ToRefusedError(subject.Of(refusal.Operation), target),
        NfTransactionException refused => refused.Refusal.ToRefusedError(subject, target),
        AttachmentException attachment => attachment.ToAttachmentError(target),
        AttachmentRemovalException incomplete => new ErrorRecord(
            incomplete, ErrorId.RemovalIncomplete, ErrorCategory.InvalidOperation, target),
        AddressInUseException taken => new ErrorRecord(
            taken, ErrorId.AddressInUse, ErrorCategory.ResourceExists, target),
        EgressTableConflictException foreign => new ErrorRecord(
            foreign, ErrorId.EgressTableConflict, ErrorCategory.ResourceExists, target),
        EgressTableBusyException busy => new ErrorRecord(
            busy, ErrorId.ResourceBusy, ErrorCategory.ResourceBusy, target),
        RecordException record => record.ToRecordError(target),
        NetNamespaceException unusable => unusable.ToNetNamespaceError(target),
        VethException veth => veth.ToVethError(target),
        AddressUnusableException unusable => new ErrorRecord(
            unusable,
            unusable.IsDuplicate ? ErrorId.AddressDuplicate : ErrorId.AddressTentative,
            unusable.IsDuplicate ? ErrorCategory.ResourceExists : ErrorCategory.OperationTimeout,
            target),
        RouteShadowedException shadowed => new ErrorRecord(
            shadowed, ErrorId.RouteAmbiguous, ErrorCategory.InvalidArgument, target),
        RuleShadowedException shadowed => new ErrorRecord(
            shadowed, ErrorId.RouteRuleAmbiguous, ErrorCategory.InvalidArgument, target),
        SettingNotTakenException ignored => new ErrorRecord(
            ignored, ErrorId.SettingNotTaken, ErrorCategory.InvalidOperation, target),
        UndoFailedException undo => new ErrorRecord(undo, ErrorId.UndoFailed, ErrorCategory.InvalidOperation, target),
        CniFormatException format => new ErrorRecord(format, ErrorId.InvalidCniResult, ErrorCategory.InvalidData, target),
        OutOfMemoryException or IOException { HResult: (int)ENOMEM or (int)ENFILE or (int)EMFILE } => new(
            fault, ErrorId.ResourceUnavailable, ErrorCategory.ResourceUnavailable, target),
        NetlinkTransportException or NetlinkFormatException => new ErrorRecord(
            fault, ErrorId.KernelConversationFailed, ErrorCategory.ConnectionError, target),
        ArgumentException argument => new ErrorRecord(
            argument, ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, target)
        {
            ErrorDetails = new ErrorDetails(argument.PlainMessage()),
        },
        _ => null,
    };

    /// <summary>The message without the name that .NET appends of a parameter of the code.</summary>
    public static string PlainMessage(this Exception fault) => fault is ArgumentException { ParamName: { } parameter }
        ? fault.Message.Replace($" (Parameter '{parameter}')", "")
        : fault.Message;

    public static ErrorRecord ToError(
        this string message, string id, ErrorCategory category, object? target) =>
        new(new InvalidOperationException(TerminalText.Of(message)), id, category, target);

    public static ErrorRecord ToNotFoundError(this string message, string id, object? target) =>
        new(new ItemNotFoundException(TerminalText.Of(message)), id, ErrorCategory.ObjectNotFound, target);

    private static ErrorRecord ToRefusedError(this NetlinkException refusal, Subject subject, object? target)
    {
        (string id, ErrorCategory category) = refusal.Errno switch
        {
            EEXIST => (subject.AlreadyExists, ErrorCategory.ResourceExists),
            ENODEV => (ErrorId.InterfaceNotFound, ErrorCategory.ObjectNotFound),
            ESRCH or ENOENT or EADDRNOTAVAIL => (subject.NotFound, ErrorCategory.ObjectNotFound),
            EACCES when subject == Subject.Address => (ErrorId.IPv6Disabled, ErrorCategory.InvalidOperation),
            EPERM or EACCES => (ErrorId.NetAdminRequired, ErrorCategory.PermissionDenied),
            EINVAL or ERANGE => (ErrorId.InvalidRequest, ErrorCategory.InvalidArgument),
            ENETUNREACH or EHOSTUNREACH => (ErrorId.NextHopUnreachable, ErrorCategory.InvalidArgument),
            EOPNOTSUPP or EAFNOSUPPORT when refusal.Operation.Family == AddressFamily.IPv6 => (
                ErrorId.IPv6NotSupported, ErrorCategory.NotImplemented),
            EOPNOTSUPP or EAFNOSUPPORT or EPROTONOSUPPORT => (
                ErrorId.NotSupportedByKernel, ErrorCategory.NotImplemented),
            EBUSY => (ErrorId.ResourceBusy, ErrorCategory.ResourceBusy),
            ENOBUFS or ENOMEM or EMFILE or ENFILE => (
                ErrorId.ResourceUnavailable, ErrorCategory.ResourceUnavailable),
            _ => (ErrorId.KernelRefused, ErrorCategory.InvalidOperation),
        };
        return new ErrorRecord(refusal, id, category, target) { ErrorDetails = DetailsOf(refusal, id, target) };
    }

    private static ErrorDetails DetailsOf(NetlinkException refusal, string id, object? target)
    {
        string? name = target is string[] names ? string.Join(", ", names) : target?.ToString();
        string about = name is null ? refusal.Message : $"{name}: {refusal.Message}";
        ErrorDetails details = new(id == ErrorId.IPv6NotSupported ? $"{about} This kernel has no IPv6." : about);
        details.RecommendedAction = id switch
        {
            ErrorId.IPv6NotSupported => "Use IPv4 alone, or load the kernel's ipv6 module.",
            ErrorId.NetAdminRequired =>
                "Run with CAP_NET_ADMIN in the namespace: as root, or inside 'unshare -Urnm'.",
            ErrorId.IPv6Disabled => "IPv6 is off on the interface: see net.ipv6.conf.<interface>.disable_ipv6.",
            _ => "",
        };
        return details;
    }

    private static ErrorRecord ToNetNamespaceError(this NetNamespaceException fault, object? target)
    {
        (string id, ErrorCategory category) = fault.Reason switch
        {
            NetNamespaceError.NotFound => (ErrorId.NetNamespaceNotFound, ErrorCategory.ObjectNotFound),
            NetNamespaceError.Changed => (ErrorId.NetNamespaceChanged, ErrorCategory.ResourceUnavailable),
            NetNamespaceError.NotANamespace => (ErrorId.NotANetNamespace, ErrorCategory.InvalidArgument),
            NetNamespaceError.AccessDenied => (ErrorId.NetAdminRequired, ErrorCategory.PermissionDenied),
            NetNamespaceError.AlreadyExists => (ErrorId.NetNamespaceAlreadyExists, ErrorCategory.ResourceExists),
            NetNamespaceError.Busy => (ErrorId.ResourceBusy, ErrorCategory.ResourceBusy),
            _ when fault.IsExhausted => (ErrorId.ResourceUnavailable, ErrorCategory.ResourceUnavailable),
            _ => (ErrorId.NetNamespaceUnusable, ErrorCategory.InvalidOperation),
        };
        return new ErrorRecord(fault, id, category, target);
    }

    private static ErrorRecord ToRecordError(this RecordException fault, object? target) => new(
        fault,
        fault.IsExhausted ? ErrorId.ResourceUnavailable : ErrorId.RecordUnusable,
        fault.IsExhausted ? ErrorCategory.ResourceUnavailable
            : fault.IsDenied ? ErrorCategory.PermissionDenied : ErrorCategory.InvalidOperation,
        target);

    private static ErrorRecord ToAttachmentError(this AttachmentException fault, object? target)
    {
        (string id, ErrorCategory category) = fault.Reason switch
        {
            AttachmentError.AlreadyExists => (ErrorId.ContainerEgressAlreadyExists, ErrorCategory.ResourceExists),
            AttachmentError.NamespaceGone => (ErrorId.NetNamespaceNotFound, ErrorCategory.ObjectNotFound),
            AttachmentError.NamespaceChanged => (ErrorId.NetNamespaceChanged, ErrorCategory.ResourceUnavailable),
            AttachmentError.Busy => (ErrorId.ResourceBusy, ErrorCategory.ResourceBusy),
            AttachmentError.NotDeclared => (ErrorId.ContainerEgressUndeclared, ErrorCategory.InvalidOperation),
            AttachmentError.InvalidId => (ErrorId.InvalidContainerId, ErrorCategory.InvalidArgument),
            AttachmentError.InvalidGateway => (ErrorId.InvalidGateway, ErrorCategory.InvalidArgument),
            AttachmentError.InvalidNat => (ErrorId.InvalidNatAddress, ErrorCategory.InvalidArgument),
            AttachmentError.MtuTooSmallForIPv6 => (ErrorId.MtuTooSmallForIPv6, ErrorCategory.InvalidArgument),
            _ => (ErrorId.InvalidArgument, ErrorCategory.InvalidArgument),
        };
        return new ErrorRecord(fault, id, category, target);
    }

    private static ErrorRecord ToVethError(this VethException fault, object? target) => fault.Reason switch
    {
        VethError.SameNamespace => new ErrorRecord(
            fault, ErrorId.NetNamespaceIsOwn, ErrorCategory.InvalidArgument, target),
        _ => new ErrorRecord(fault, ErrorId.InterfaceAlreadyExists, ErrorCategory.ResourceExists, target),
    };
}
