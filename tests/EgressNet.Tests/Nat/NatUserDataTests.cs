using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Tests.Nat;

public sealed class NatUserDataTests
{
    [Fact]
    public void Nobody_owns_nothing()
    {
        Assert.Null(NatUserData.OwnerOf(null));
        Assert.Null(NatUserData.OwnerOf(NfUserData.Empty));
    }

    [Fact]
    public void Traits_beside_the_longest_owner_round_trip_or_are_unknown()
    {
        NatEntry entry = new()
        {
            Source = InetAddress.Parse("10.0.0.1"),
            Owner = new string('x', EgressNet.Attachments.AttachmentId.MaxOwnerBytes),
            IsOfAttachment = true,
            Excluded = [InetPrefix.Parse("10.0.0.0/8")],
        };
        Assert.Equal(NatTraits.Attachment | NatTraits.Exclusions, NatUserData.TraitsOf(NatUserData.Of(entry)));
        Assert.Equal(NatTraits.None, NatUserData.TraitsOf(NatUserData.Of(entry with { IsOfAttachment = false, Excluded = [] })));
        Assert.Null(NatUserData.TraitsOf(NatUserData.OfOwner("pods/c1/eg0")));
        Assert.Equal(entry.Owner, NatUserData.OwnerOf(NatUserData.Of(entry)));
        Assert.Equal(entry.OwnerDigest, NatUserData.Of(entry).Comment);
        Assert.Equal(entry.OwnerDigest, NatEntry.DigestOf(entry.OwnerDigest));
        InetAddress source = InetAddress.Parse("fd00::1");
        Assert.Equal(source, NatUserData.SourceOf(NatUserData.OfSource(entry.Owner, source)));
    }
}
