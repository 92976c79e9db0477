using System.Net;
using EgressNet.Attachments;

namespace EgressNet.Tests.Traffic;

/// <summary>A container of a <see cref="Site"/>, with its attachment.</summary>
internal sealed record Pod(LiveNamespace Namespace, int Number, Attachment Attachment)
{
    public IPAddress Address(Numbers numbers) => numbers.Pod(Number);

    /// <summary>The same with addresses of one family only.</summary>
    public Pod OnlyWith(Numbers numbers)
    {
        AttachmentAddress[] addresses =
        [
            .. Attachment.Addresses.Where(each => each.Gateway == numbers.Gateway.ToInet()),
        ];
        AttachmentRoute[] routes = [.. Attachment.Routes.Where(each => each.Gateway == numbers.Gateway.ToInet())];
        return this with { Attachment = Attachment with { Addresses = addresses, Routes = routes } };
    }

    public override string ToString() => $"{Attachment.Id}";
}
