using System.Management.Automation;

namespace EgressNet.Module.Tests;

/// <summary>ShouldProcess is called once an item, with words for a person, and -WhatIf touches nothing.</summary>
public sealed class WhatIfTests
{
    public static TheoryData<string, string> Changes => new()
    {
        { "New-NetNamespace egt-whatif", "\"Create network namespace\" on target \"egt-whatif\"" },
        { "Remove-NetNamespace $Ns", "\"Remove network namespace\" on target \"$Ns\"" },
        { "New-EgressVeth eth9 $Ns", "\"Create veth pair\" on target \"eth9 in $Ns <-> veth*\"" },
        {
            "New-EgressVeth eth9 $Ns -HostInterface egtwhatif",
            "\"Create veth pair\" on target \"eth9 in $Ns <-> egtwhatif\""
        },
        {
            "New-NetIPAddress 192.0.2.9/24 -InterfaceAlias v0 -NetNamespace $Ns",
            "\"Add address\" on target \"192.0.2.9/24 dev v0 in $Ns\""
        },
        {
            "Remove-NetIPAddress 192.0.2.5 -NetNamespace $Ns",
            "\"Remove address\" on target \"192.0.2.5/24 dev v0 in $Ns\""
        },
        {
            "New-NetRoute 203.0.113.0/24 -NextHop 192.0.2.1 -InterfaceAlias v0 -NetNamespace $Ns",
            "\"Add route\" on target \"203.0.113.0/24 via 192.0.2.1 dev v0 in $Ns\""
        },
        {
            "New-NetRoute 198.51.100.0/24 -InterfaceAlias v0 -NetNamespace $Ns -Force",
            "\"Replace route\" on target \"198.51.100.0/24 dev v0 in $Ns\""
        },
        { "Remove-NetRoute 198.51.100.0/24 -NetNamespace $Ns", "\"Remove route\" on target \"198.51.100.0/24 via" },
        {
            "Set-NetRoute 198.51.100.0/24 -Mtu 1400 -NetNamespace $Ns", "\"Change route to 198.51.100.0/24 via 192.0.2.1"
        },
        {
            "Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $Ns",
            "\"Set point-to-point gateway 192.0.2.1\" on target \"192.0.2.5/24 dev v0 in $Ns\""
        },
    };

    [Theory, MemberData(nameof(Changes)), Trait("Convention", "4"), Trait("Convention", "5")]
    public void What_if_says_what_and_does_nothing(string command, string expected)
    {
        using Container container = new();
        using Hosted hosted = new();
        string before = container.State;
        string namespaces = Tool.Run("ip", "netns", "list");
        string links = Tool.Run("ip", "-o", "link", "show");

        Outcome outcome = hosted.Run($"param($Ns) {command} -WhatIf", new { Ns = container.Name });

        Assert.Empty(outcome.Clean);
        Assert.Contains(expected.Replace("$Ns", container.Name), Assert.Single(outcome.HostLines));
        Assert.Equal(before, container.State);
        Assert.Contains(container.Name, Tool.Run("ip", "netns", "list"));
        Assert.DoesNotContain("egt-whatif", Tool.Run("ip", "netns", "list"));
        Assert.DoesNotContain("egtwhatif", Tool.Run("ip", "-o", "link", "show"));
        Assert.NotEmpty(namespaces + links);
    }

    [Fact, Trait("Convention", "4")]
    public void Removing_a_veth_pair_can_be_rehearsed()
    {
        using LiveNamespace ns = new();
        using Hosted hosted = new();
        object names = new { Ns = ns.Name };
        try
        {
            hosted.Run("param($Ns) New-EgressVeth egtwi0 $Ns", names).Output.ToString();
            Assert.Single(hosted.Run("param($Ns) Get-EgressVeth egtwi0 -NetNamespace $Ns", names).Clean);
            Outcome rehearsed = hosted.Run("param($Ns) Remove-EgressVeth egtwi0 $Ns -WhatIf", names);
            Assert.Empty(rehearsed.Clean);
            Assert.Contains($"\"Remove veth pair\" on target \"egtwi0 in {ns} <-> ", Assert.Single(rehearsed.HostLines));
            Outcome piped = hosted.Run("param($Ns) Get-EgressVeth egtwi0 -NetNamespace $Ns | Remove-EgressVeth -WhatIf", names);
            Assert.Single(piped.HostLines);
            Assert.Single(hosted.Run("param($Ns) Get-EgressVeth egtwi0 -NetNamespace $Ns", names).Clean);
        }
        finally
        {
            Assert.Empty(hosted.Run("param($Ns) Remove-EgressVeth egtwi0 $Ns", names).Clean);
        }
    }

    [Fact, Trait("Convention", "5")]
    public void Each_item_is_asked_for_once()
    {
        using Container container = new();
        using Hosted hosted = new();
        Outcome outcome = hosted.Run(
            "param($Ns) Get-NetRoute -NetNamespace $Ns -AddressFamily IPv4 | Remove-NetRoute -WhatIf", new { Ns = container.Name });
        Assert.Empty(outcome.Clean);
        Assert.Equal(2, outcome.HostLines.Length);
    }

    [Theory, Trait("Convention", "9")]
    [InlineData("Remove-NetRoute 198.51.100.0/24 -NetNamespace $Ns", "NetRoute")]
    [InlineData("Set-NetRoute 198.51.100.0/24 -Mtu 1400 -NetNamespace $Ns", "NetRoute")]
    [InlineData("Remove-NetIPAddress 192.0.2.5 -NetNamespace $Ns", "NetIPAddress")]
    [InlineData("Remove-NetNamespace $Ns", "NetNamespace")]
    public void A_change_emits_its_object_when_asked(string command, string type)
    {
        using Hosted hosted = new();
        using (Container container = new())
        {
            Assert.Empty(hosted.Run($"param($Ns) {command}", new { Ns = container.Name }).Clean);
        }

        using (Container container = new())
        {
            PSObject emitted = Assert.Single(
                hosted.Run($"param($Ns) {command} -PassThru", new { Ns = container.Name }).Clean);
            Assert.Equal($"EgressNet.{type}", emitted.TypeNames[0]);
        }
    }
}
