BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# What an admin of Windows types without thinking, each line with what it must give.
Describe "Habits of Windows$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        # The lines of a table of 80 columns.
        function Get-Line {
            ($input | Out-String -Width 80).Split("`n").TrimEnd() | Where-Object { $_ }
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'Get-NetRoute' {
        BeforeEach {
            'address add 198.51.100.5/24 dev v1',
            'route add default nexthop via 192.0.2.1 weight 3 nexthop via 198.51.100.1',
            'route add 203.0.113.0/24 via 192.0.2.9 proto static',
            'route add 10.1.0.0/16 dev v1 proto static',
            'route add 10.2.0.0/16 via 192.0.2.9 proto dhcp',
            'route add 10.3.0.0/16 nexthop dev v1 nexthop dev v0',
            'route add blackhole 10.9.0.0/16',
            'route add unreachable 10.10.0.0/16' | Invoke-Ip -n $ns -batch -
            Invoke-Ip -n $ns -6 route add default nexthop via fd00:2::1 nexthop via fd00:2::2
            $v0, $v1 = 'v0', 'v1' | ForEach-Object { (Get-IpJson $ns "link show dev $_").ifindex }
        }

        It '<Line>' -ForEach @(
            @{ Line = '(Get-NetRoute 0.0.0.0/0 -NetNamespace $ns).NextHop'; Gives = '192.0.2.1' }
            @{ Line = '(Get-NetRoute -DestinationPrefix ::/0 -NetNamespace $ns).NextHop'; Gives = 'fd00:2::1' }
            @{ Line = '(Get-NetRoute 0.0.0.0/0 -NetNamespace $ns).InterfaceAlias'; Gives = 'v0' }
            @{ Line = '(Get-NetRoute 0.0.0.0/0 -NetNamespace $ns).ifIndex -eq $v0'; Gives = 'True' }
            @{ Line = 'Get-NetRoute 0.0.0.0/0 -NetNamespace $ns | Get-NetAdapter | ForEach-Object Name'; Gives = 'v0' }
            @{ Line = 'Get-NetRoute 0.0.0.0/0 -NetNamespace $ns | ForEach-Object NextHops | Get-NetAdapter | ForEach-Object Name'
                Gives = 'v0', 'v1' }
            @{ Line = '(Get-NetRoute 0.0.0.0/0 -NetNamespace $ns).NextHops.Gateway'; Gives = '192.0.2.1', '198.51.100.1' }
            @{ Line = 'Get-NetRoute -AddressFamily IPv4 -NetNamespace $ns | Where-Object NextHop -ne "0.0.0.0" | ForEach-Object { "$_" }'
                Gives = '0.0.0.0/0', '10.2.0.0/16', '203.0.113.0/24' }
            @{ Line = 'Get-NetRoute -NetNamespace $ns | ? { $_.NextHop -ne "::" -and $_.NextHop -ne "0.0.0.0" } | % { "$_" }'
                Gives = '0.0.0.0/0', '10.2.0.0/16', '203.0.113.0/24', '::/0' }
            @{ Line = 'Get-NetRoute -NetNamespace $ns | ? DestinationPrefix -eq "0.0.0.0/0" | % { $_.NextHop.Substring(0, 3) }'; Gives = '192' }
            @{ Line = 'Get-NetRoute -NextHop 0.0.0.0 -AddressFamily IPv4 -Protocol Static, Boot -NetNamespace $ns | % { "$_" }'
                Gives = '10.1.0.0/16', '10.3.0.0/16', '10.9.0.0/16', '10.10.0.0/16' }
            @{ Line = 'Get-NetRoute -NextHop 198.51.100.1 -NetNamespace $ns | % { "$_" }'; Gives = '0.0.0.0/0' }
            @{ Line = 'Get-NetRoute -Protocol NetMgmt -AddressFamily IPv4 -RouteType Unicast -NetNamespace $ns | % { "$_" }'
                Gives = '0.0.0.0/0', '10.1.0.0/16', '10.3.0.0/16', '203.0.113.0/24' }
            @{ Line = 'Get-NetRoute -Protocol Local -AddressFamily IPv4 -NetNamespace $ns | % { "$_" }'; Gives = '192.0.2.0/24', '198.51.100.0/24' }
            @{ Line = 'Get-NetRoute -Protocol Dhcp, NetMgmt -NextHop 192.0.2.9 -NetNamespace $ns | % { "$_" }'; Gives = '10.2.0.0/16', '203.0.113.0/24' }
            @{ Line = 'Get-NetRoute -Protocol Icmp -NetNamespace $ns'; Gives = $null }
            @{ Line = '(Get-NetRoute 203.0.113.0/24 -NetNamespace $ns).ifMetric'; Gives = '0' }
            @{ Line = '(Get-NetRoute 203.0.113.0/24 -NetNamespace $ns).InterfaceMetric + (Get-NetRoute ::/0 -NetNamespace $ns).RouteMetric'; Gives = '1024' }
            @{ Line = 'Get-NetRoute 203.0.113.0/24 -NetNamespace $ns | % { "$($_.Publish) $($_.PolicyStore) $($_.TypeOfNextHop)" }'
                Gives = 'No ActiveStore Remote' }
            @{ Line = 'Get-NetRoute 10.* -NetNamespace $ns | % TypeOfNextHop'
                Gives = 'Connected', 'Remote', 'Connected', 'Unreachable', 'Unreachable' }
            @{ Line = '(Get-NetRoute 0.0.0.0/0 -PolicyStore ActiveStore -NetNamespace $ns).TypeOfNextHop'; Gives = 'Remote' }
            @{ Line = 'Get-NetRoute -InterfaceIndex $v1 -AddressFamily IPv4 -NetNamespace $ns | Sort-Object RouteMetric | select -First 1 -Expand NextHop'
                Gives = '192.0.2.1' }
        ) {
            & ([scriptblock]::Create($Line)) | ForEach-Object { "$_" } | Should -BeExactly $Gives
        }

        It 'shows in 80 columns how many hops, and what is no way' {
            $table = Get-NetRoute -AddressFamily IPv4 -NetNamespace $ns | Get-Line
            $table | Should -Contain '0.0.0.0/0                                   v0              192.0.2.1 (2 hops)'
            $table | Should -Contain '203.0.113.0/24                              v0              192.0.2.9'
            $table | Should -Contain '10.1.0.0/16                                 v1              0.0.0.0'
            $table | Should -Contain '10.3.0.0/16                                 v1              0.0.0.0 (2 hops)'
            $table | Should -Contain '10.9.0.0/16                                                 Blackhole'
            $table | Should -Contain '10.10.0.0/16                                                Unreachable'
        }

        It 'shows copies of them alike' {
            $routes = Get-NetRoute -AddressFamily IPv4 -NetNamespace $ns
            $copies = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize($routes))
            $copies | Get-Line | Should -BeExactly ($routes | Get-Line)
        }

        It 'agrees with ip on the first hop, both families' {
            foreach ($family in '-4', '-6') {
                $theirs = Get-IpJson $ns "$family route show default"
                $ours = Get-NetRoute ($family -eq '-4' ? '0.0.0.0/0' : '::/0') -NetNamespace $ns
                "$($ours.NextHop) $($ours.InterfaceAlias)" |
                    Should -BeExactly "$($theirs.nexthops[0].gateway) $($theirs.nexthops[0].dev)"
                $ours.NextHops.InterfaceAlias | Should -BeExactly $theirs.nexthops.dev
                $ours.NextHops.Weight | Should -Be $theirs.nexthops.weight
            }
        }

        It 'refuses the other store, and says why' {
            { Get-NetRoute -PolicyStore PersistentStore -NetNamespace $ns } |
                Should -Throw "*'PolicyStore'*'PersistentStore' is not taken, only 'ActiveStore': Linux *"
        }

        It 'refuses a copy that lacks something: <Properties>' -ForEach @(
            @{ Properties = 'DestinationPrefix', 'NextHop', 'InterfaceAlias', 'RouteTable', 'RouteType', 'Flags' }
            @{ Properties = 'DestinationPrefix', 'NextHop', 'InterfaceAlias', 'NextHops' }
        ) {
            $copy = Get-NetRoute 0.0.0.0/0 -NetNamespace $ns | Select-Object $Properties
            Invoke-Ip -n $ns route del default
            { $copy | New-NetRoute -NetNamespace $ns -ErrorAction Stop } | Should -Throw '*copy of a route lacks *'
            Invoke-Ip -n $ns route show default | Should -BeNullOrEmpty
        }

        It 'takes the first interface of a copy by its name' {
            $other = Get-FreshNamespace -Link
            try {
                'link set v0 down', 'link set v0 name x', 'link set v1 down', 'link set v1 name v0', 'link set x name v1',
                'link set v0 up', 'link set v1 up', 'address add 192.0.2.5/24 dev v0', 'address add 198.51.100.5/24 dev v1' |
                    Invoke-Ip -n $other -batch -
                $copy = Get-NetRoute 0.0.0.0/0 -NetNamespace $ns | ConvertTo-Json | ConvertFrom-Json
                $made = $copy | New-NetRoute -NetNamespace $other
                $made.NextHops.InterfaceAlias | Should -BeExactly 'v0', 'v1'
            }
            finally {
                Remove-IfThere $other
            }
        }
    }

    Context 'Get-NetIPAddress' {
        BeforeEach {
            'address add 198.51.100.5/24 dev v1 valid_lft 3600 preferred_lft 1800',
            'address add 203.0.113.5/24 dev v1 preferred_lft 0' | Invoke-Ip -n $ns -batch -
            'address add fd00:3::5/128 dev v1 nodad valid_lft 3600 preferred_lft 1800',
            'address add fd00:4::200:ff:fe00:1/64 dev v1 nodad valid_lft 3600 preferred_lft 0' | Invoke-Ip -n $ns -6 -batch -
        }

        It '<Line>' -ForEach @(
            @{ Line = 'Get-NetIPAddress 127.0.0.1 -NetNamespace $ns | % { "$($_.PrefixOrigin) $($_.SuffixOrigin) $($_.Type) $($_.PolicyStore)" }'
                Gives = 'WellKnown WellKnown Unicast ActiveStore' }
            @{ Line = 'Get-NetIPAddress ::1 -NetNamespace $ns | % { "$($_.PrefixOrigin) $($_.SuffixOrigin)" }'; Gives = 'WellKnown WellKnown' }
            @{ Line = 'Get-NetIPAddress -AddressFamily IPv4 -NetNamespace $ns | ? PrefixOrigin -ne WellKnown | Sort-Object | % IPAddress'
                Gives = '192.0.2.5', '198.51.100.5', '203.0.113.5' }
            @{ Line = 'Get-NetIPAddress -PrefixOrigin Manual -NetNamespace $ns | Sort-Object | % IPAddress'; Gives = '192.0.2.5', '203.0.113.5', 'fd00:2::5' }
            @{ Line = 'Get-NetIPAddress -PrefixOrigin Dhcp -NetNamespace $ns | Sort-Object | % IPAddress'; Gives = '198.51.100.5', 'fd00:3::5' }
            @{ Line = 'Get-NetIPAddress -PrefixOrigin RouterAdvertisement -NetNamespace $ns | % IPAddress'; Gives = 'fd00:4::200:ff:fe00:1' }
            @{ Line = 'Get-NetIPAddress -SuffixOrigin Link, Dhcp -NetNamespace $ns | Sort-Object | % IPAddress'
                Gives = '198.51.100.5', 'fd00:3::5', 'fd00:4::200:ff:fe00:1' }
            @{ Line = 'Get-NetIPAddress -PrefixOrigin Manual, Dhcp -AddressFamily IPv4 -NetNamespace $ns | Sort-Object | % IPAddress'
                Gives = '192.0.2.5', '198.51.100.5', '203.0.113.5' }
            @{ Line = 'Get-NetIPAddress -SkipAsSource $true -NetNamespace $ns | Sort-Object | % IPAddress'; Gives = '203.0.113.5', 'fd00:4::200:ff:fe00:1' }
            @{ Line = 'Get-NetIPAddress -SkipAsSource $false -AddressFamily IPv4 -NetNamespace $ns | Sort-Object | % IPAddress'
                Gives = '127.0.0.1', '192.0.2.5', '198.51.100.5' }
            @{ Line = '(Get-NetIPAddress 203.0.113.5 -NetNamespace $ns).SkipAsSource'; Gives = 'True' }
            @{ Line = '(Get-NetIPAddress 192.0.2.5 -NetNamespace $ns).SkipAsSource'; Gives = 'False' }
            @{ Line = 'Get-NetIPAddress -Type Unicast -PolicyStore ActiveStore -NetNamespace $ns | Measure-Object | % Count'; Gives = '8' }
            @{ Line = 'Get-NetIPAddress -InterfaceAlias v0 -AddressFamily IPv4 -NetNamespace $ns | % { "$_/$($_.PrefixLength)" }'; Gives = '192.0.2.5/24' }
            @{ Line = '(Get-NetIPAddress 192.0.2.5 -NetNamespace $ns).ValidLifetime -eq [TimeSpan]::MaxValue'; Gives = 'True' }
        ) {
            & ([scriptblock]::Create($Line)) | ForEach-Object { "$_" } | Should -BeExactly $Gives
        }

        It 'knows the link-local address that the kernel made' {
            Invoke-Ip -n $ns link set v1 down
            Invoke-Ip -n $ns link set v1 addrgenmode $Mode up
            for ($i = 0; $i -lt 200 -and -not ($made = Get-NetIPAddress fe80::* -InterfaceAlias v1 -NetNamespace $ns); $i++) {
                Start-Sleep -Milliseconds 20
            }

            "$($made.PrefixOrigin) $($made.SuffixOrigin)" | Should -BeExactly "WellKnown $Suffix"
        } -ForEach @(
            @{ Mode = 'eui64'; Suffix = 'Link' }
            @{ Mode = 'random'; Suffix = 'Random' }
        )

        It 'calls a group that the kernel joins by it Multicast' {
            Invoke-Ip -n $ns -6 address add ff05::5/128 dev v0 nodad autojoin
            (Get-NetIPAddress -Type Multicast -NetNamespace $ns).IPAddress | Should -Be 'ff05::5'
        }
    }

    Context 'Remove-NetIPAddress' {
        BeforeEach {
            'address add 192.0.2.6/24 dev v0', 'address add 198.51.100.5/24 dev v1' | Invoke-Ip -n $ns -batch -
            $before = Get-Dump $ns
        }

        It '<Line> leaves <Leaves>' -ForEach @(
            @{ Line = 'Remove-NetIPAddress -InterfaceAlias v0 -Confirm:$false -NetNamespace $ns'; Leaves = '198.51.100.5' }
            @{ Line = 'Remove-NetIPAddress -InterfaceIndex (Get-NetAdapter v0 -NetNamespace $ns).ifIndex -NetNamespace $ns'; Leaves = '198.51.100.5' }
            @{ Line = 'Remove-NetIPAddress -InterfaceAlias v0 -AddressFamily IPv4 -NetNamespace $ns'; Leaves = '198.51.100.5', 'fd00:2::5' }
            @{ Line = 'Get-NetAdapter v0 -NetNamespace $ns | Remove-NetIPAddress -AddressFamily IPv6 -Confirm:$false'
                Leaves = '192.0.2.5', '192.0.2.6', '198.51.100.5' }
            @{ Line = 'Get-NetAdapter v? -NetNamespace $ns | Remove-NetIPAddress'; Leaves = $null }
            @{ Line = 'Remove-NetIPAddress -IPAddress 192.0.2.6 -Confirm:$false -NetNamespace $ns'; Leaves = '192.0.2.5', '198.51.100.5', 'fd00:2::5' }
            @{ Line = 'Remove-NetIPAddress -InterfaceAlias v0 -PrefixLength 24 -PolicyStore ActiveStore -NetNamespace $ns'
                Leaves = '198.51.100.5', 'fd00:2::5' }
            @{ Line = 'Get-NetIPAddress -InterfaceAlias v0 -AddressFamily IPv4 -NetNamespace $ns | Remove-NetIPAddress -Confirm:$false'
                Leaves = '198.51.100.5', 'fd00:2::5' }
            @{ Line = 'Get-NetIPAddress -InterfaceAlias v0 -NetNamespace $ns | Remove-NetIPAddress -AddressFamily IPv4 -Force'
                Leaves = '198.51.100.5', 'fd00:2::5' }
            @{ Line = '[pscustomobject]@{ IPAddress = "192.0.2.6"; InterfaceAlias = "v0"; NetNamespace = $ns } | Remove-NetIPAddress'
                Leaves = '192.0.2.5', '198.51.100.5', 'fd00:2::5' }
            @{ Line = 'Get-NetIPAddress 192.0.2.6 -NetNamespace $ns | Select-Object IPAddress, InterfaceAlias, NetNamespace | Remove-NetIPAddress'
                Leaves = '192.0.2.5', '198.51.100.5', 'fd00:2::5' }
        ) {
            & ([scriptblock]::Create($Line)) | Should -BeNullOrEmpty
            $left = (Get-IpJson $ns 'address show').addr_info.local | Where-Object { $_ -notin '127.0.0.1', '::1' } | Sort-Object
            $left | Should -Be $Leaves
        }

        It 'removes nothing by <Line>' -ForEach @(
            @{ Line = 'Remove-NetIPAddress -NetNamespace $ns'; Says = '*InputObject*' }
            @{ Line = 'Remove-NetIPAddress -AddressFamily IPv4 -NetNamespace $ns'; Says = '*InputObject*' }
            @{ Line = 'Remove-NetIPAddress -InterfaceAlias $none -NetNamespace $ns'; Says = 'InterfaceAlias is null or empty*' }
            @{ Line = 'Remove-NetIPAddress -InterfaceAlias nope -NetNamespace $ns'; Says = "No interface 'nope'*" }
            @{ Line = 'Get-NetNamespace $ns | Remove-NetIPAddress'; Says = '*' }
            @{ Line = 'Get-NetRoute 192.0.2.0/24 -NetNamespace $ns | Remove-NetIPAddress'; Says = '*neither a whole NetIPAddress nor an interface*' }
            @{ Line = 'Get-NetRoute 192.0.2.0/24 -NetNamespace $ns | Remove-NetIPAddress -Force -PrefixLength 24'
                Says = '*neither a whole NetIPAddress nor an interface*' }
            @{ Line = 'Get-NetRoute 192.0.2.0/24 -NetNamespace $ns | ConvertTo-Json | ConvertFrom-Json | Remove-NetIPAddress'
                Says = '*neither a whole NetIPAddress nor an interface*' }
            @{ Line = 'Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Select-Object InterfaceAlias, NetNamespace | Remove-NetIPAddress'
                Says = '*neither a whole NetIPAddress nor an interface*' }
            @{ Line = '[pscustomobject]@{ IPAddress = $null; InterfaceAlias = "v0"; NetNamespace = $ns } | Remove-NetIPAddress'
                Says = '*IPAddress*null*' }
            @{ Line = 'Remove-NetIPAddress -InterfaceAlias v0 -PolicyStore PersistentStore -NetNamespace $ns'; Says = "*'PersistentStore' is not taken*" }
        ) {
            $none = $null
            { & ([scriptblock]::Create("$Line -Confirm:`$false -ErrorAction Stop")) } | Should -Throw $Says
            Assert-Same $before (Get-Dump $ns)
        }
    }

    Context 'Remove-NetRoute' {
        BeforeEach {
            'address add 198.51.100.5/24 dev v1', 'route add default via 192.0.2.1', 'route add 10.1.0.0/16 dev v1',
            'route add 10.2.0.0/16 via 192.0.2.9 metric 5', 'route add 10.3.0.0/16 via 192.0.2.9 table 100' | Invoke-Ip -n $ns -batch -
            'route add default via fd00:2::1' | Invoke-Ip -n $ns -6 -batch -
            $before = Get-Dump $ns
        }

        It '<Line> leaves <Leaves>' -ForEach @(
            @{ Line = 'Remove-NetRoute -InterfaceAlias v0 -Confirm:$false -NetNamespace $ns'; Leaves = '10.1.0.0/16', '198.51.100.0/24' }
            @{ Line = 'Remove-NetRoute -ifIndex (Get-NetAdapter v0 -NetNamespace $ns).ifIndex -AddressFamily IPv4 -NetNamespace $ns'
                Leaves = '10.1.0.0/16', '198.51.100.0/24', 'default', 'fd00:2::/64' }
            @{ Line = 'Get-NetAdapter v0 -NetNamespace $ns | Remove-NetRoute -AddressFamily IPv6 -Confirm:$false'
                Leaves = '10.1.0.0/16', '10.2.0.0/16', '192.0.2.0/24', '198.51.100.0/24', 'default' }
            @{ Line = 'Get-NetAdapter v0 -NetNamespace $ns | Remove-NetRoute -NextHop 192.0.2.9'
                Leaves = '10.1.0.0/16', '192.0.2.0/24', '198.51.100.0/24', 'default', 'default', 'fd00:2::/64' }
            @{ Line = 'Remove-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias v0 -Confirm:$false -NetNamespace $ns'
                Leaves = '10.1.0.0/16', '10.2.0.0/16', '192.0.2.0/24', '198.51.100.0/24', 'default', 'fd00:2::/64' }
            @{ Line = 'Get-NetRoute 0.0.0.0/0, ::/0 -NetNamespace $ns | Remove-NetRoute -Confirm:$false'
                Leaves = '10.1.0.0/16', '10.2.0.0/16', '192.0.2.0/24', '198.51.100.0/24', 'fd00:2::/64' }
        ) {
            & ([scriptblock]::Create($Line)) | Should -BeNullOrEmpty
            $left = @(Get-IpJson $ns '-4 route show') + @(Get-IpJson $ns '-6 route show') | Where-Object dst | ForEach-Object dst
            $left | Sort-Object | Should -Be $Leaves
        }

        It 'leaves the kernel''s local routes, in every table' {
            $local = Invoke-Ip -n $ns route show table local
            Remove-NetRoute -InterfaceAlias v0, v1 -RouteTable all -AddressFamily IPv4 -NetNamespace $ns
            Invoke-Ip -n $ns route show table local | Should -BeExactly $local
            Invoke-Ip -n $ns route show table main | Should -BeNullOrEmpty
            Invoke-Ip -n $ns route show table 100 | Should -BeNullOrEmpty
        }

        It 'removes nothing by <Line>' -ForEach @(
            @{ Line = 'Remove-NetRoute -NetNamespace $ns'; Says = '*InputObject*' }
            @{ Line = 'Remove-NetRoute -AddressFamily IPv4 -NetNamespace $ns'; Says = '*InputObject*' }
            @{ Line = 'Remove-NetRoute -InterfaceAlias $none -NetNamespace $ns'; Says = 'InterfaceAlias is null or empty*' }
            @{ Line = 'Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Remove-NetRoute'; Says = '*neither a whole NetRoute nor an interface*' }
            @{ Line = 'Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Remove-NetRoute -Force -RouteMetric 0'
                Says = '*neither a whole NetRoute nor an interface*' }
            @{ Line = 'Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | ConvertTo-Csv | ConvertFrom-Csv | Remove-NetRoute'
                Says = '*neither a whole NetRoute nor an interface*' }
            @{ Line = 'Get-NetRoute 10.1.0.0/16 -NetNamespace $ns | Select-Object DestinationPrefix, InterfaceAlias, NetNamespace | Remove-NetRoute'
                Says = '*neither a whole NetRoute nor an interface*' }
            @{ Line = '[pscustomobject]@{ DestinationPrefix = "10.1.0.0/16"; InterfaceAlias = "v1"; NetNamespace = $ns } | Remove-NetRoute'
                Says = '*neither a whole NetRoute nor an interface*' }
        ) {
            $none = $null
            { & ([scriptblock]::Create("$Line -Confirm:`$false -ErrorAction Stop")) } | Should -Throw $Says
            Assert-Same $before (Get-Dump $ns)
        }

        It 'tells all with -WhatIf and does nothing' {
            Remove-NetRoute -InterfaceAlias v0 -NetNamespace $ns -WhatIf | Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }

        It 'puts back what it removed of an interface' {
            $gone = Remove-NetRoute -InterfaceAlias v0 -PassThru -NetNamespace $ns
            $null = $gone | New-NetRoute
            Compare-Object $before.Split("`n") (Get-Dump $ns).Split("`n") | Should -BeNullOrEmpty
        }
    }

    Context 'New-NetIPAddress' {
        It '<Line>' -ForEach @(
            @{ Line = 'New-NetIPAddress -InterfaceAlias v1 -IPAddress 198.51.100.5 -PrefixLength 24 -AddressFamily IPv4 -Type Unicast'
                Is = '198.51.100.5/24 4294967295 4294967295' }
            @{ Line = 'New-NetIPAddress -InterfaceAlias v1 -IPAddress 198.51.100.5 -PrefixLength 24 -DefaultGateway 198.51.100.1 -Confirm:$false'
                Is = '198.51.100.5/24 4294967295 4294967295' }
            @{ Line = 'New-NetIPAddress -InterfaceAlias v1 -IPAddress 198.51.100.5 -PrefixLength 24 -PolicyStore ActiveStore -SkipAsSource $true'
                Is = '198.51.100.5/24 4294967295 0' }
            @{ Line = 'New-NetIPAddress fd00:3::5 -PrefixLength 64 -InterfaceAlias v1 -SkipAsSource $true'; Is = 'fd00:3::5/64 4294967295 0' }
            @{ Line = 'New-NetIPAddress fd00:3::5 -PrefixLength 64 -InterfaceAlias v1 -SkipAsSource $false'; Is = 'fd00:3::5/64 4294967295 4294967295' }
            @{ Line = 'New-NetIPAddress 198.51.100.5/24 -ifAlias v1 -ValidLifetime 1.00:00:00 -PreferredLifetime (New-TimeSpan -Hours 12)'
                Is = '198.51.100.5/24 86400 43200' }
            @{ Line = 'New-NetIPAddress fd00:3::5/64 -ifAlias v1 -ValidLifetime (New-TimeSpan -Days 1)'; Is = 'fd00:3::5/64 86400 86400' }
            @{ Line = 'New-NetIPAddress fd00:3::5/64 -ifAlias v1 -ValidLifetime ([TimeSpan]::MaxValue) -PreferredLifetime 00:00:00'
                Is = 'fd00:3::5/64 4294967295 0' }
            @{ Line = 'New-NetIPAddress 198.51.100.5/24 -ifAlias v1 -ValidLifetime Forever'; Is = '198.51.100.5/24 4294967295 4294967295' }
        ) {
            $made = & ([scriptblock]::Create("$Line -NetNamespace `$ns"))
            $seen = (Get-IpJson $ns 'address show dev v1').addr_info
            # Of an IPv4 address that never expires ip says Forever, deprecated or not.
            $seconds = $seen.valid_life_time, ($seen.deprecated ? 0 : $seen.preferred_life_time) |
                ForEach-Object { $_ -eq 4294967295 -or $_ % 3600 -eq 0 ? $_ : $_ + 3600 - $_ % 3600 }
            "$($seen.local)/$($seen.prefixlen) $seconds" | Should -BeExactly $Is
            $made.SkipAsSource | Should -Be ([bool] $seen.deprecated)
            $made.AddressState | Should -Be ($seen.deprecated ? 'Deprecated' : 'Preferred')
        }

        It 'refuses <Text>' -ForEach @(
            @{ Text = '-PolicyStore PersistentStore'; Says = "*'PolicyStore'*'PersistentStore' is not taken, only 'ActiveStore': Linux *" }
            @{ Text = '-Type Anycast'; Says = "*'Type'*'Anycast' is not taken, only 'Unicast': *" }
            @{ Text = '-AddressFamily IPv6'; Says = "AddressFamily 'IPv6' is not that of IPAddress '198.51.100.5/24'*" }
            @{ Text = '-ValidLifetime 3600'; Says = "*'ValidLifetime'*'3600' is not a time span*" }
            @{ Text = '-ValidLifetime "3600"'; Says = "*'ValidLifetime'*'3600' is not a time span*" }
            @{ Text = '-ValidLifetime 00:00:00'; Says = "ValidLifetime '00:00:00' is no time at all*" }
            @{ Text = '-ValidLifetime 50000.00:00:00'; Says = "*'ValidLifetime'*'50000.00:00:00' is not within*" }
            @{ Text = '-ValidLifetime 01:00:00 -PreferredLifetime 02:00:00'; Says = "PreferredLifetime '02:00:00' is longer than*01:00:00*" }
            @{ Text = '-SkipAsSource $true -PreferredLifetime 02:00:00'; Says = "SkipAsSource 'True' contradicts PreferredLifetime '02:00:00'*" }
        ) {
            $before = Get-Dump $ns
            foreach ($more in '', ' -WhatIf') {
                { & ([scriptblock]::Create("New-NetIPAddress 198.51.100.5/24 -ifAlias v1 -NetNamespace `$ns $Text$more -ErrorAction Stop")) } |
                    Should -Throw $Says
            }

            Assert-Same $before (Get-Dump $ns)
        }

        It 'sets an address anew as scripts of Windows do' {
            Invoke-Ip -n $ns route add default via 192.0.2.1
            $adapter = Get-NetAdapter v0 -NetNamespace $ns
            $adapter | Remove-NetIPAddress -AddressFamily IPv4 -Confirm:$false
            $adapter | Remove-NetRoute -AddressFamily IPv4 -Confirm:$false
            $null = $adapter | New-NetIPAddress -AddressFamily IPv4 -IPAddress 198.51.100.9 -PrefixLength 24 -DefaultGateway 198.51.100.1
            Get-RouteText $ns | Should -Be 'default via 198.51.100.1 dev v0', '198.51.100.0/24 dev v0 proto kernel scope link src 198.51.100.9'
        }
    }

    Context 'Set-NetIPAddress' {
        BeforeEach {
            'address add 192.0.2.6/24 dev v0', 'address add 10.9.0.5/24 brd + dev v1 label v1:x' | Invoke-Ip -n $ns -batch -
            'route add default via 192.0.2.1', 'route add 10.1.0.0/16 via 192.0.2.1 src 192.0.2.6' | Invoke-Ip -n $ns -batch -
        }

        It '<Line>' -ForEach @(
            @{ Line = 'Set-NetIPAddress -InterfaceAlias v0 -IPAddress 192.0.2.5 -PrefixLength 25'; Of = '192.0.2.5'; Is = '192.0.2.5/25 forever forever' }
            @{ Line = 'Set-NetIPAddress 192.0.2.5 -SkipAsSource $true'; Of = '192.0.2.5'; Is = '192.0.2.5/24 forever 0' }
            @{ Line = 'Get-NetIPAddress fd00:2::5 -NetNamespace $ns | Set-NetIPAddress -SkipAsSource $true'; Of = 'fd00:2::5'
                Is = 'fd00:2::5/64 forever 0' }
            @{ Line = 'Set-NetIPAddress fd00:2::5 -PrefixLength 48'; Of = 'fd00:2::5'; Is = 'fd00:2::5/48 forever forever' }
            @{ Line = 'Set-NetIPAddress fd00:2::5 -ValidLifetime 02:00:00 -PreferredLifetime 01:00:00'; Of = 'fd00:2::5'; Is = 'fd00:2::5/64 7200 3600' }
            @{ Line = 'Set-NetIPAddress 10.9.0.5 -ValidLifetime 02:00:00 -PrefixLength 16'; Of = '10.9.0.5'; Is = '10.9.0.5/16 7200 7200' }
            @{ Line = 'Set-NetIPAddress -InterfaceAlias v0 -AddressFamily IPv6 -ValidLifetime 02:00:00'; Of = 'fd00:2::5'; Is = 'fd00:2::5/64 7200 7200' }
            @{ Line = 'Get-NetAdapter v1 -NetNamespace $ns | Set-NetIPAddress -ValidLifetime 02:00:00'; Of = '10.9.0.5'; Is = '10.9.0.5/24 7200 7200' }
        ) {
            $made = & ([scriptblock]::Create("$Line -PassThru -NetNamespace `$ns"))
            $seen = (Get-IpJson $ns 'address show').addr_info | Where-Object local -EQ $Of
            # Of an IPv4 address that never expires ip says Forever, deprecated or not.
            $seconds = $seen.valid_life_time, ($seen.deprecated ? 0 : $seen.preferred_life_time) |
                ForEach-Object { $_ -eq 4294967295 ? 'forever' : $_ % 3600 -eq 0 ? $_ : $_ + 3600 - $_ % 3600 }
            "$($seen.local)/$($seen.prefixlen) $seconds" | Should -BeExactly $Is
            "$($made.IPAddress)/$($made.PrefixLength)" | Should -BeExactly ($Is -split ' ')[0]
            $made | Should -BeOfType EgressNet.NetIPAddress
        }

        It 'leaves all else as it was with another prefix length' {
            $before = (Get-Dump $ns).Split("`n")
            Set-NetIPAddress 192.0.2.5 -PrefixLength 25 -NetNamespace $ns | Should -BeNullOrEmpty
            Get-RouteText $ns | Should -Contain 'default via 192.0.2.1 dev v0'
            Get-RouteText $ns | Should -Contain '10.1.0.0/16 via 192.0.2.1 dev v0 src 192.0.2.6'
            Set-NetIPAddress 192.0.2.5 -PrefixLength 24 -NetNamespace $ns
            # The one that was secondary is the primary one now.
            Compare-Object ($before -replace ' secondary' -replace 'src 192.0.2.\d' | Sort-Object) (
                (Get-Dump $ns).Split("`n") -replace ' secondary' -replace 'src 192.0.2.\d' | Sort-Object) | Should -BeNullOrEmpty
        }

        It 'gives IPv6 routes back the source that they prefer' {
            Invoke-Ip -n $ns -6 route add fd11::/48 via fd00:2::1 src fd00:2::5
            Set-NetIPAddress fd00:2::5 -PrefixLength 48 -NetNamespace $ns
            (Get-IpJson $ns '-6 route show fd11::/48').prefsrc | Should -Be 'fd00:2::5'
        }

        It 'keeps label, and the broadcast address of the prefix' {
            Set-NetIPAddress 10.9.0.5 -PrefixLength 16 -NetNamespace $ns
            $seen = (Get-IpJson $ns 'address show dev v1').addr_info
            "$($seen.label) $($seen.broadcast)" | Should -BeExactly 'v1:x 10.9.255.255'
        }

        It 'takes back a deprecation and a lifetime' {
            Set-NetIPAddress fd00:2::5 -ValidLifetime 01:00:00 -PreferredLifetime 00:00:00 -NetNamespace $ns
            Set-NetIPAddress fd00:2::5 -ValidLifetime Forever -SkipAsSource $false -NetNamespace $ns
            $address = Get-NetIPAddress fd00:2::5 -NetNamespace $ns
            "$($address.ValidLifetime -eq [timespan]::MaxValue) $($address.SkipAsSource) $($address.PrefixOrigin)" |
                Should -BeExactly 'True False Manual'
        }

        It 'puts back an IPv4 address that is no source as one' {
            Set-NetIPAddress 192.0.2.5 -SkipAsSource $true -NetNamespace $ns
            $address = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
            $address.PreferredLifetime | Should -Be ([timespan]::Zero)
            $address | Remove-NetIPAddress
            ($address | New-NetIPAddress).SkipAsSource | Should -BeTrue
            ((Get-IpJson $ns 'address show dev v0').addr_info | Where-Object local -EQ 192.0.2.5).deprecated | Should -BeTrue
        }

        It 'refuses <Line>' -ForEach @(
            @{ Line = 'Set-NetIPAddress 192.0.2.5'; Id = 'InvalidArgument'; Says = 'Nothing is to be changed*' }
            @{ Line = 'Set-NetIPAddress 192.0.2.5 -PrefixLength 33'; Id = 'InvalidPrefixLength'; Says = "PrefixLength 33 is not within 0 to 32*" }
            @{ Line = 'Set-NetIPAddress 192.0.2.77 -PrefixLength 25'; Id = 'AddressNotFound'; Says = 'No address 192.0.2.77*' }
            @{ Line = 'Set-NetIPAddress 192.0.2.5 -ValidLifetime 00:00:00'; Id = 'InvalidArgument'; Says = 'ValidLifetime*' }
            @{ Line = 'Get-NetRoute 10.1.0.0/16 -NetNamespace $ns | Set-NetIPAddress -SkipAsSource $true'
                Id = 'ParameterArgumentTransformationError'; Says = '*neither a whole NetIPAddress nor an interface*' }
            @{ Line = '$gone | Set-NetIPAddress -SkipAsSource $true'; Id = 'AddressNotFound'; Says = '*192.0.2.7*' }
            @{ Line = 'Set-NetIPAddress 192.0.2.7 -PrefixLength 16'; Id = 'AddressAmbiguous'; Says = '2 addresses match*' ; Twice = $true }
        ) {
            Invoke-Ip -n $ns address add 192.0.2.7/24 dev v1
            $gone = Get-NetIPAddress 192.0.2.7 -NetNamespace $ns
            Invoke-Ip -n $ns address ($Twice ? 'add' : 'del') 192.0.2.7/24 dev ($Twice ? 'v0' : 'v1')
            $before = Get-Dump $ns
            foreach ($more in '', ' -WhatIf') {
                { & ([scriptblock]::Create("$Line -NetNamespace `$ns$more -ErrorAction Stop")) } | Should -Throw $Says -ErrorId "$Id,*"
            }

            Assert-Same $before (Get-Dump $ns)
        }

        It 'undoes all when the new one is refused' {
            Invoke-Ip -n $ns address add 192.0.2.5/28 dev v0
            $before = Get-Dump $ns
            $old = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Where-Object PrefixLength -EQ 24
            { $old | Set-NetIPAddress -PrefixLength 28 -ErrorAction Stop } | Should -Throw -ErrorId 'AddressAlreadyExists,*'
            Assert-Same $before (Get-Dump $ns)
        }
    }
}
