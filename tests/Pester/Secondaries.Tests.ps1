BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# The kernel deletes the secondary addresses of an IPv4 network with its primary one.
Describe "Secondary addresses$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Get-Left {
            (Invoke-Ip -n $ns -o -4 address show dev v0 | ForEach-Object { ($_ -split '\s+')[3] }) -join ' '
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.1/24', '192.0.2.2/24', '192.0.2.3/24', '198.51.100.1/24'
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'are named before, and warned of if not piped themselves' {
        $said = Get-NetIPAddress 192.0.2.1 -NetNamespace $ns | Remove-NetIPAddress -Verbose 3>&1 4>&1
        @($said -like 'Performing*192.0.2.1/24*192.0.2.2/24, 192.0.2.3/24*') | Should -HaveCount 1
        $warning = @($said | Where-Object { $_ -is [System.Management.Automation.WarningRecord] })
        "$warning" | Should -BeLike '*192.0.2.2/24, 192.0.2.3/24*'
        Get-Left | Should -Be '198.51.100.1/24'
    }

    It 'are no errors and no warnings where they were piped too' {
        $said = Get-NetIPAddress 192.0.2.* -NetNamespace $ns |
            Remove-NetIPAddress -PassThru -ErrorAction Stop -WarningVariable warned
        $said | Should -HaveCount 3
        $warned | Should -BeNullOrEmpty
        Get-Left | Should -Be '198.51.100.1/24'
    }

    It 'warns of those alone that were not' {
        Remove-NetIPAddress 192.0.2.1, 192.0.2.3 -NetNamespace $ns -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*192.0.2.2/24*'
        "$warned" | Should -Not -BeLike '*192.0.2.3/24*'
        Get-Left | Should -Be '198.51.100.1/24'
    }

    It 'that come meanwhile are warned of, unless piped themselves' {
        Invoke-Ip -n $ns address add 10.1.0.1/24 dev v0
        $said = Get-NetIPAddress 198.51.100.1, 10.1.0.1 -NetNamespace $ns | ForEach-Object {
            if ($_.IPAddress -eq '10.1.0.1') {
                2..4 | ForEach-Object { Invoke-Ip -n $ns address add "10.1.0.$_/24" dev v0 }
                $_, (Get-NetIPAddress 10.1.0.3 -NetNamespace $ns)
            }
            else {
                $_
            }
        } | Remove-NetIPAddress -PassThru -ErrorAction Stop -WarningVariable warned -WarningAction SilentlyContinue
        $said.IPAddress | Should -Be '198.51.100.1', '10.1.0.1', '10.1.0.3'
        "$warned" | Should -BeLike '*10.1.0.1/24*10.1.0.2/24, 10.1.0.4/24.'
        Get-Left | Should -Be '192.0.2.1/24 192.0.2.2/24 192.0.2.3/24'
    }

    It 'keep their order under -Force with promote_secondaries <_>' -ForEach 0, 1 {
        $null = ip netns exec $ns sh -c "echo $_ > /proc/sys/net/ipv4/conf/v0/promote_secondaries"
        $said = New-NetIPAddress 192.0.2.1/24 -InterfaceAlias v0 -NetNamespace $ns -NoPrefixRoute -Force -Verbose 4>&1
        @($said -match '^(delete|add) address 192').Count | Should -Be 6
        Get-Left | Should -Be '198.51.100.1/24 192.0.2.1/24 192.0.2.2/24 192.0.2.3/24'
        Invoke-Ip -n $ns -o address show dev v0 secondary | Should -HaveCount 2
    }

    It 'stay where -Force fails' {
        Invoke-Ip -n $ns address del 198.51.100.1/24 dev v0
        $before = Get-Dump $ns
        { New-NetIPAddress 192.0.2.1/24 -InterfaceAlias v0 -NetNamespace $ns -Scope Link -Force -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidRequest,*'
        Assert-Same $before (Get-Dump $ns)
    }

    It 'stay where promote_secondaries is on' {
        $null = ip netns exec $ns sh -c 'echo 1 > /proc/sys/net/ipv4/conf/v0/promote_secondaries'
        Remove-NetIPAddress 192.0.2.1 -NetNamespace $ns -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        Get-Left | Should -Be '198.51.100.1/24 192.0.2.2/24 192.0.2.3/24'
    }

    It 'are kept with the primary one if -Confirm is answered no' {
        $module = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
        $script = "Import-Module '$module'; Get-NetIPAddress 192.0.2.* -NetNamespace $ns | " +
            'Remove-NetIPAddress -Confirm -ErrorVariable fault -ErrorAction SilentlyContinue; $fault.FullyQualifiedErrorId'
        $pwsh = $env:DOTNET_ROOT ? @("$env:DOTNET_ROOT/dotnet", "$PSHOME/pwsh.dll") : @("$PSHOME/pwsh")
        $said = 'y', 'n', 'n' | & $pwsh[0] @($pwsh | Select-Object -Skip 1) -NoProfile -Command $script
        @($said -like 'AddressHasSecondaries,*') | Should -HaveCount 1
        Get-Left | Should -Be '192.0.2.1/24 198.51.100.1/24 192.0.2.2/24 192.0.2.3/24'
    }

    It 'New-NetIPAddress -Force keeps the routes of <Case>' -ForEach @(
        @{ Case = 'a primary one'; Remove = '198.51.100.1' }, @{ Case = 'the only one'; Remove = '198.51.100.1', '192.0.2.2', '192.0.2.3' }
    ) {
        Get-NetIPAddress $Remove -NetNamespace $ns | Remove-NetIPAddress
        Invoke-Ip -n $ns route add default via 192.0.2.9
        Invoke-Ip -n $ns route add 10.7.0.0/16 via 192.0.2.9 src 192.0.2.1
        Invoke-Ip -n $ns route add 10.8.0.0/16 dev v0 table 300 metric 7
        Invoke-Ip -n $ns route add 10.9.0.1/32 dev v0
        Invoke-Ip -n $ns route add 10.9.0.0/16 via 10.9.0.1 mtu 1400
        $before = Invoke-Ip -n $ns -4 route show table all
        $addresses = Invoke-Ip -n $ns -4 address show dev v0

        # The gateway cannot be reached, so everything is as before.
        $given = @{ InterfaceAlias = 'v0'; NetNamespace = $ns; Label = 'v0:x'; Force = $true }
        { New-NetIPAddress 192.0.2.1/24 -DefaultGateway 203.0.113.1 @given -ErrorAction Stop } |
            Should -Throw -ErrorId 'NextHopUnreachable,*'
        Invoke-Ip -n $ns -4 route show table all | Should -Be $before
        Invoke-Ip -n $ns -4 address show dev v0 | Should -Be $addresses

        New-NetIPAddress 192.0.2.1/24 @given | Select-Object -ExpandProperty Label | Should -BeExactly 'v0:x'
        Invoke-Ip -n $ns -4 route show table all | Should -Be $before
    }
}
