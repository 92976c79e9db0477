using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Netfilter;

namespace EgressNet.Tests.Nat;

public sealed class NatUserDataTests
{
    private const byte DeclarationField = 0xe1;

    public static TheoryData<string, string?, PortRandomization> Declared => new()
    {
        { "169.254.172.1", null, PortRandomization.None },
        { "169.254.172.1", "", PortRandomization.Random },
        { "169.254.172.1", "192.0.2.1", PortRandomization.FullyRandom },
        { "fd00::ac:1", null, PortRandomization.None },
        { "fd00::ac:1", "", PortRandomization.None },
        { "fd00::ac:1", "2001:db8::1", PortRandomization.Random },
    };

    [Theory]
    [MemberData(nameof(Declared))]
    public void What_is_declared_is_read_back(string gateway, string? node, PortRandomization ports)
    {
        AttachmentDeclaration declaration = Declaration(gateway) with
        {
            Nat = node is null ? null : new SourceNat(node == "" ? default : InetAddress.Parse(node), ports),
            HasExclusions = node is not null,
            HasDefaultRoute = node is null,
            Isolation = node is null ? EgressIsolation.None : EgressIsolation.Containers | EgressIsolation.Metadata,
        };
        NfUserData data = Of("pods/c1/eg0", declaration);
        Assert.Equal(declaration, NatUserData.DeclarationOf(data));
        Assert.Equal("pods/c1/eg0", NatUserData.OwnerOf(data));
        Assert.Equal("pods/c1/eg0", data.Comment);
    }

    [Fact]
    public void The_longest_owner_and_an_IPv6_declaration_fit_into_what_the_kernel_keeps()
    {
        string owner = new('x', EgressNet.Attachments.AttachmentId.MaxOwnerBytes);
        AttachmentDeclaration declaration = Declaration("fd00::ac:1") with { Nat = new SourceNat() };
        NfUserData data = Of(owner, declaration);
        Assert.True(data.Bytes.Length <= NfUserData.MaxLength);
        Assert.Equal(owner, NatUserData.OwnerOf(data));
        Assert.Equal(declaration, NatUserData.DeclarationOf(data));
    }

    [Fact]
    public void Nobody_owns_nothing()
    {
        Assert.Null(NatUserData.OwnerOf(null));
        Assert.Null(NatUserData.OwnerOf(NfUserData.Empty));
        Assert.Null(NatUserData.DeclarationOf(null));
        Assert.Null(NatUserData.DeclarationOf(NatUserData.OfOwner("pods/c1/eg0")));
    }

    [Fact]
    public void Any_single_byte_changed_gives_a_declaration_that_can_be_or_none()
    {
        byte[] bytes = Of("o", Declaration("169.254.172.1")).Field(DeclarationField)!;
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] hostile = [.. bytes];
                hostile[at] = (byte)value;
                AssertSound(NatUserData.DeclarationOf(NfUserData.Empty.With(DeclarationField, hostile)));
            }
        }
    }

    [Fact]
    public void Any_length_gives_a_declaration_that_can_be_or_none()
    {
        Random random = new(7);
        for (int length = 0; length < 250; length++)
        {
            byte[] hostile = new byte[length];
            random.NextBytes(hostile);
            AssertSound(NatUserData.DeclarationOf(NfUserData.Empty.With(DeclarationField, hostile)));
            AssertSound(NatUserData.DeclarationOf(new NfUserData(hostile)));
        }
    }

    [Fact]
    public void The_traits_of_the_longest_owner_are_read_back_and_those_of_none_are_unknown()
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
        InetAddress source = InetAddress.Parse("fd00::1");
        Assert.Equal(source, NatUserData.SourceOf(NatUserData.OfSource(entry.Owner, source)));
    }

    private static NfUserData Of(string owner, AttachmentDeclaration declaration) => NatUserData.Of(new NatEntry
    {
        Source = declaration.Gateway,
        Owner = owner,
        Declaration = declaration,
    });

    private static void AssertSound(AttachmentDeclaration? declaration)
    {
        if (declaration is not null)
        {
            Assert.True(declaration.PrefixLength <= declaration.Gateway.BitLength);
            Assert.True(Enum.IsDefined(declaration.Nat?.Ports ?? PortRandomization.None));
            Assert.True((int)declaration.Isolation <= 3);
        }
    }

    private static AttachmentDeclaration Declaration(string gateway)
    {
        InetAddress address = InetAddress.Parse(gateway);
        return new AttachmentDeclaration
        {
            PrefixLength = (byte)(address.BitLength - 10),
            Gateway = address,
            Mtu = 9001,
            MacAddress = MacAddress.Draw(),
            HostMacAddress = MacAddress.Draw(),
        };
    }
}
