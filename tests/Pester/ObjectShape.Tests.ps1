BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $withNamespace = Get-Command -Module EgressNet | Where-Object { $_.Parameters.ContainsKey('NetNamespace') } |
        ForEach-Object { @{ Name = $_.Name } }
    $copies = @(
        @{ Way = 'Export-Clixml'; Copy = { $file = "$TestDrive/copy.xml"; $_ | Export-Clixml $file; Import-Clixml $file } }
        @{ Way = 'ConvertTo-Json'; Copy = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'ConvertTo-Csv'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
    )
}

Describe 'NetNamespace of <Name>' -ForEach $withNamespace {
    It 'is refused as <Text>' -ForEach @(@{ Text = 'null'; Value = $null }, @{ Text = 'an empty text'; Value = '' }) {
        # Values that would be refused on their own, should the cmdlet ever get to them.
        $arguments = @{ NetNamespace = $Value; ErrorAction = 'Stop' }
        foreach ($parameter in (Get-Command $Name).ParameterSets.Where({ $_.IsDefault -or $_.Name -eq 'ByName' })[-1].Parameters) {
            if ($parameter.IsMandatory -and $parameter.Name -notin 'NetNamespace', 'InputObject') {
                $arguments[$parameter.Name] = switch ($parameter.Name) {
                    { $_ -in 'IPAddress', 'RemoteIPAddress', 'DestinationPrefix', 'Gateway' } { '10.77.0.5' }
                    Kind { 'Bridge' }
                    default { 'egp-none' }
                }
            }
        }

        { $null | & $Name @arguments } | Should -Throw "*NetNamespace*null*"
    }
}

Describe "Objects$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.45/24', '10.0.0.5/24', '192.0.2.5/24', 'fd00:2::5/64'
        $null = Invoke-Ip -n $ns route add 9.0.0.0/8 via 192.0.2.1 mtu 1400
        $null = Invoke-Ip -n $ns route add default via 192.0.2.1 metric 7 table 100
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'sorts addresses and routes by value' {
        "$(Get-NetIPAddress -NetNamespace $ns | Sort-Object)" | Should -BeExactly '10.0.0.5 127.0.0.1 192.0.2.5 192.0.2.45 ::1 fd00:2::5'
        "$(Get-NetRoute -NetNamespace $ns -AddressFamily IPv4 | Sort-Object)" |
            Should -BeExactly '9.0.0.0/8 10.0.0.0/24 192.0.2.0/24'
    }

    It 'sorts the texts of a property by value when they are cast' {
        $sorted = Get-NetIPAddress -NetNamespace $ns -AddressFamily IPv4 |
            Sort-Object { [EgressNet.Netlink.Inet.InetAddress]$_.IPAddress }
        $sorted.IPAddress | Should -BeExactly '10.0.0.5', '127.0.0.1', '192.0.2.5', '192.0.2.45'
        $prefixes = '10.0.0.0/8', '9.0.0.0/8', '10.0.0.0/16' | Sort-Object { [EgressNet.Netlink.Inet.InetPrefix]$_ }
        $prefixes | Should -BeExactly '9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/16'
        $null = Invoke-Ip -n $ns route add 7.0.0.0/8 via 192.0.2.10
        $hops = Get-NetRoute -NetNamespace $ns -NextHop 192.* | Sort-Object { [EgressNet.Netlink.Inet.InetAddress]$_.NextHop }
        $hops.NextHop | Should -BeExactly '192.0.2.1', '192.0.2.10'
    }

    It 'sorts MAC addresses by value' {
        $null = Invoke-Ip -n $ns link set v0 address 02:00:00:00:00:ff
        $null = Invoke-Ip -n $ns link set v1 address 02:00:00:00:01:0a
        (Get-NetAdapter v0, v1 -NetNamespace $ns | Sort-Object MacAddress).Name | Should -BeExactly 'v0', 'v1'
        (Get-NetAdapter v0, v1 -NetNamespace $ns | Sort-Object MacAddress -Descending).Name | Should -BeExactly 'v1', 'v0'
    }

    It 'keeps texts as texts' {
        $route = Get-NetRoute 9.0.0.0/8 -NetNamespace $ns
        $route.NextHop | Should -BeOfType string
        $route.DestinationPrefix.Split('/')[1] | Should -Be 8
        @{ '192.0.2.1' = 'gateway' }[$route.NextHop] | Should -Be 'gateway'
        $route | Select-Object NextHop | ConvertTo-Json -Compress | Should -Be '{"NextHop":"192.0.2.1"}'
    }

    It 'is the same as another reading of the same: <Command>' -ForEach @(
        @{ Command = 'Get-NetRoute -RouteTable all' }, @{ Command = 'Get-NetIPAddress' }, @{ Command = 'Get-NetAdapter' }
        @{ Command = 'Get-NetIPInterface' }, @{ Command = 'Get-NetIPConfiguration -All' }
    ) {
        $read = [scriptblock]::Create("$Command -NetNamespace $ns")
        $first, $second = (& $read), (& $read)
        Compare-Object $first $second | Should -BeNullOrEmpty
        $first[0] -eq $second[0] | Should -BeTrue
        $first[0].GetHashCode() | Should -Be $second[0].GetHashCode()
        @($first + $second | Sort-Object -Unique) | Should -HaveCount @($first).Count
    }

    It 'is not the same with another gateway, MTU or metric' -ForEach @(
        @{ Change = 'change 9.0.0.0/8 via 192.0.2.2 mtu 1400' }
        @{ Change = 'change 9.0.0.0/8 via 192.0.2.1 mtu 1300' }
        @{ Change = 'replace 9.0.0.0/8 dev v0' }
    ) {
        $before = Get-NetRoute -NetNamespace $ns
        $words = $Change.Split(' ')
        $null = Invoke-Ip -n $ns route @words
        $after = Get-NetRoute -NetNamespace $ns
        @(Compare-Object $before $after) | Should -HaveCount 2
        ($before | Where-Object DestinationPrefix -EQ 9.0.0.0/8) -eq ($after | Where-Object DestinationPrefix -EQ 9.0.0.0/8) |
            Should -BeFalse
    }

    It 'is not the same adapter with another MTU' {
        $before = Get-NetAdapter v0 -NetNamespace $ns
        $null = Invoke-Ip -n $ns link set v0 mtu 1300
        @(Compare-Object $before (Get-NetAdapter v0 -NetNamespace $ns)) | Should -HaveCount 2
    }

    It 'is the same address while its lifetime runs' {
        $null = Invoke-Ip -n $ns address change fd00:2::5/64 dev v0 valid_lft 3000 preferred_lft 2000
        $before = Get-NetIPAddress fd00:2::5 -NetNamespace $ns
        $null = Invoke-Ip -n $ns address change fd00:2::5/64 dev v0 valid_lft 300 preferred_lft 200
        $after = Get-NetIPAddress fd00:2::5 -NetNamespace $ns
        $before.ValidLifetime | Should -BeGreaterThan $after.ValidLifetime
        $before -eq $after | Should -BeTrue
    }

    It 'becomes JSON of names, lists and lifetimes' {
        $null = Invoke-Ip -n $ns route add 10.9.0.0/16 nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2
        $route = Get-NetRoute 10.9.0.0/16 -NetNamespace $ns | ConvertTo-Json | ConvertFrom-Json
        "$($route.AddressFamily) $($route.Protocol) $($route.Scope) $($route.RouteType) $($route.Flags)" |
            Should -BeExactly 'IPv4 Boot Global Unicast None'
        $route.NextHops.Gateway | Should -BeExactly '192.0.2.1', '192.0.2.2'
        $route.NextHops.Weight | Should -Be 2, 1
        $address = Get-NetIPAddress 10.0.0.5 -NetNamespace $ns | ConvertTo-Json | ConvertFrom-Json
        "$($address.ValidLifetime) $($address.AddressState)" | Should -BeExactly 'Forever Preferred'
        (Get-NetAdapter v0 -NetNamespace $ns | ConvertTo-Json | ConvertFrom-Json).Status | Should -BeExactly 'Up'
    }

    It 'becomes CSV of names and joined lists' {
        $null = Invoke-Ip -n $ns route add 10.9.0.0/16 nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2
        $index = (Get-IpJson $ns 'link show dev v0').ifindex
        $row = Get-NetRoute 10.9.0.0/16 -NetNamespace $ns | ConvertTo-Csv | ConvertFrom-Csv
        "$($row.Protocol) $($row.RouteType)" | Should -BeExactly 'Boot Unicast'
        $row.NextHops | Should -BeExactly "via 192.0.2.1 dev $index weight 2, via 192.0.2.2 dev $index weight 1"
    }

    It 'has lifetimes that compare as time spans' {
        $address = Get-NetIPAddress 10.0.0.5 -NetNamespace $ns
        $address.ValidLifetime -eq [timespan]::MaxValue | Should -BeTrue
        $address.PreferredLifetime -gt [timespan]::FromDays(365) | Should -BeTrue
    }

    Context 'copied by <Way>' -ForEach $copies {
        BeforeAll {
            function Get-Copy { process { $_ | ForEach-Object $Copy } }
        }

        It 'a route comes back to its own table' {
            $copied = Get-NetRoute 0.0.0.0/0 -RouteTable 100 -NetNamespace $ns | Get-Copy
            $null = Invoke-Ip -n $ns route del default table 100
            $null = $copied | New-NetRoute
            Get-RouteText $ns '-4 route show default table all' |
                Should -BeExactly 'default via 192.0.2.1 dev v0 table 100 metric 7'
        }

        It 'a route is removed from its own table' {
            $null = Invoke-Ip -n $ns route add default via 192.0.2.1 metric 7
            Get-NetRoute 0.0.0.0/0 -RouteTable 100 -NetNamespace $ns | Get-Copy | Remove-NetRoute
            Get-RouteText $ns '-4 route show default table all' | Should -BeExactly 'default via 192.0.2.1 dev v0 metric 7'
        }

        It 'a route is changed in its own table' {
            Get-NetRoute 0.0.0.0/0 -RouteTable 100 -NetNamespace $ns | Get-Copy | Set-NetRoute -NextHop 192.0.2.2
            Get-RouteText $ns '-4 route show default table all' |
                Should -BeExactly 'default via 192.0.2.2 dev v0 table 100 metric 7'
        }

        It 'a multipath route comes back with its hops' {
            $null = Invoke-Ip -n $ns route add 10.9.0.0/16 nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2
            $before = Get-RouteText $ns '-4 route show'
            $copied = Get-NetRoute 10.9.0.0/16 -NetNamespace $ns | Get-Copy
            $null = Invoke-Ip -n $ns route del 10.9.0.0/16
            $null = $copied | New-NetRoute
            Get-RouteText $ns '-4 route show' | Should -BeExactly $before
        }

        It 'a route with attributes a copy cannot carry is refused' {
            $null = Invoke-Ip -n $ns route add 10.9.0.0/16 via 192.0.2.1 window 4096
            $copied = Get-NetRoute 10.9.0.0/16 -NetNamespace $ns | Get-Copy
            { $copied | Remove-NetRoute -ErrorAction Stop } | Should -Throw '*Window 4096*'
            Get-RouteText $ns '-4 route show 10.9.0.0/16' | Should -HaveCount 1
        }

        It 'an address comes back as it was' {
            $null = Invoke-Ip -n $ns address add 192.0.2.77/24 peer 192.0.2.78/24 label v0:x dev v0
            $before = Get-RouteText $ns '-o -4 address show'
            $copied = Get-NetIPAddress 192.0.2.77 -NetNamespace $ns | Get-Copy
            $copied | Remove-NetIPAddress
            Get-RouteText $ns '-o -4 address show' | Should -HaveCount ($before.Count - 1)
            $null = $copied | New-NetIPAddress
            (Get-RouteText $ns '-o -4 address show') -replace '^\d+: ' | Should -BeExactly ($before -replace '^\d+: ')
        }

        It 'an address keeps its lifetime in another namespace' {
            $null = Invoke-Ip -n $ns address change fd00:2::5/64 dev v0 valid_lft 3000 preferred_lft 2000
            $other = Get-FreshNamespace -Link
            try {
                $null = Get-NetIPAddress -InterfaceAlias v0 -NetNamespace $ns | Get-Copy | New-NetIPAddress -NetNamespace $other
                $found = (Get-IpJson $other 'address show dev v0').addr_info
                ($found | Where-Object family -EQ inet).valid_life_time | Should -Be 4294967295, 4294967295, 4294967295
                ($found | Where-Object family -EQ inet).preferred_life_time | Should -Be 4294967295, 4294967295, 4294967295
                ($found | Where-Object family -EQ inet6).valid_life_time | Should -BeGreaterThan 2000 -Because 'it ran on'
                ($found | Where-Object family -EQ inet6).valid_life_time | Should -BeLessOrEqual 3000
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'a veth pair is refused, and says why' {
            $null = New-EgressVeth eth0 $ns
            $copied = Get-EgressVeth -NetNamespace $ns | Get-Copy
            { $copied | Remove-EgressVeth -ErrorAction Stop } | Should -Throw '*copy cannot be used*link*Get-EgressVeth*'
            Get-EgressVeth -NetNamespace $ns | Should -HaveCount 1
        }

        It 'a namespace whose name has passed on is not removed' {
            $copied = Get-NetNamespace $ns | Get-Copy
            # Held open, the old one keeps its inode, and the new one gets another.
            $held = [System.IO.File]::OpenHandle("/run/netns/$ns")
            try {
                $null = Invoke-Ip netns del $ns
                $null = Invoke-Ip netns add $ns
                { $copied | Remove-NetNamespace -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceChanged,*'
            }
            finally {
                $held.Dispose()
            }

            "/run/netns/$ns" | Should -Exist
        }
    }

    It 'of another namespace is not taken for the caller''s by <Text>' -ForEach @(
        @{ Text = 'Get-NetRoute 9.0.0.0/8 -NetNamespace $ns | Remove-NetRoute -NetNamespace { $null }' }
        @{ Text = 'Get-NetRoute 9.0.0.0/8 -NetNamespace $ns | Set-NetRoute -Mtu 1300 -NetNamespace { "" }' }
        @{ Text = 'Get-NetRoute 9.0.0.0/8 -NetNamespace $ns | New-NetRoute -NetNamespace { $null }' }
        @{ Text = 'Get-NetIPAddress 10.0.0.5 -NetNamespace $ns | Remove-NetIPAddress -NetNamespace { "" }' }
        @{ Text = 'Get-NetIPAddress 10.0.0.5 -NetNamespace $ns | New-NetIPAddress -NetNamespace { $null }' }
        @{ Text = 'Get-NetIPAddress 10.0.0.5 -NetNamespace $ns | Set-PointToPointGateway -Gateway 10.0.0.1 -NetNamespace { "" }' }
    ) {
        { & ([scriptblock]::Create("$Text -WhatIf -ErrorAction Stop")) } |
            Should -Throw 'NetNamespace is null or empty*' -ErrorId 'InvalidArgument,*'
    }

    It 'a check of egress is refused by <_>, and says why' -ForEach @(
        'Repair-ContainerEgress', 'Remove-ContainerEgress', 'Test-ContainerEgress'
    ) {
        $command = $_
        $copy = [pscustomobject]@{ ContainerEgress = 'egress/egp-none/eg0'; InDesiredState = $false; Findings = '' }
        { $copy | & $command -ErrorAction Stop } | Should -Throw '*copy cannot be used*Pipe Test-ContainerEgress*'
    }

    It 'a route comes back from a job' {
        $module = (Get-Module EgressNet).Path
        $copied = Start-Job { Import-Module $using:module; Get-NetRoute 0.0.0.0/0 -RouteTable 100 -NetNamespace $using:ns } |
            Receive-Job -Wait -AutoRemoveJob
        $copied | Remove-NetRoute
        Get-RouteText $ns '-4 route show table all default' | Should -BeNullOrEmpty
    }

    It 'a custom object keeps table and metric' {
        $null = [pscustomobject]@{
            DestinationPrefix = '0.0.0.0/0'; NextHop = '192.0.2.1'; InterfaceAlias = 'v0'; RouteTable = 101; RouteMetric = 9
            NetNamespace = $ns
        } | New-NetRoute
        Get-RouteText $ns '-4 route show table 101' | Should -BeExactly 'default via 192.0.2.1 dev v0 metric 9'
    }
}
