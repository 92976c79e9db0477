BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Completion$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        Invoke-Ip -n $ns link add "d'x@y" type veth peer name p1
        $null = New-EgressVeth eth0 $ns
        $stem = $ns.Substring(0, $ns.Length - 1)

        # What is offered, each with a tooltip, and without an error.
        function Get-Offer([string] $Typed) {
            $Error.Clear()
            $offers = (TabExpansion2 ($Typed -f $ns)).CompletionMatches
            $Error | Should -BeNullOrEmpty
            $offers.ToolTip | Should -Not -Contain ''
            $offers.CompletionText
        }
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'offers the interfaces of the namespace typed so far: <Typed>' -ForEach @(
        @{ Typed = 'Get-NetRoute -NetNamespace {0} -InterfaceAlias v'; Offer = 'v0', 'v1' }
        @{ Typed = 'Get-NetRoute -NetNS {0} -ifAlias v'; Offer = 'v0', 'v1' }
        @{ Typed = 'Get-NetAdapter -Sandbox /run/netns/{0} -Name l'; Offer = 'lo' }
        @{ Typed = 'Get-NetAdapter -NetNamespace {0} -Name e'; Offer = 'eth0' }
        @{ Typed = 'Get-NetIPAddress -NetNamespace {0} -InterfaceAlias v1'; Offer = 'v1' }
        @{ Typed = 'New-NetRoute 10.0.0.0/8 -NetNS {0} -InterfaceAlias v'; Offer = 'v0', 'v1' }
        @{ Typed = 'New-NetIPAddress 192.0.2.9/24 -NetNamespace {0} -InterfaceAlias v'; Offer = 'v0', 'v1' }
        @{ Typed = 'Get-EgressVeth -NetNamespace {0} -Name e'; Offer = 'eth0' }
    ) {
        Get-Offer $Typed | Sort-Object | Should -Be $Offer
    }

    It 'offers the interfaces of the caller''s namespace otherwise' {
        Get-Offer 'Get-NetRoute -InterfaceAlias ' | Should -Contain 'lo'
    }

    It 'quotes names that need it' {
        Get-Offer 'Get-NetRoute -NetNamespace {0} -InterfaceAlias d' | Should -BeExactly "'d''x@y'"
    }

    It 'offers namespaces: <_>' -ForEach @(
        'Get-NetNamespace ', 'Remove-NetNamespace -Name ', 'Get-NetRoute -NetNamespace ', 'Get-NetAdapter -NetNamespace '
        'New-EgressVeth eth9 -NetNamespace '
    ) {
        Get-Offer "$_$stem" | Should -Be $ns
    }

    It 'offers tables: <Typed>' -ForEach @(
        @{ Typed = ''; Offer = 'main', 'local', 'default', 'all' }
        @{ Typed = 'm'; Offer = 'main' }
        @{ Typed = 'L'; Offer = 'local' }
        @{ Typed = 'al'; Offer = 'all' }
    ) {
        Get-Offer "Get-NetRoute -RouteTable $Typed" | Should -Be $Offer
    }

    It 'offers nothing of the namespace <_>' -ForEach 'egp-never-there', "''", 'a/b', '/etc/hostname' {
        Get-Offer "Get-NetRoute -NetNamespace $_ -InterfaceAlias " | Where-Object { $_ -in 'lo', 'v0' } |
            Should -BeNullOrEmpty
    }
}
