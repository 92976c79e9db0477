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

        It 'shows in a table of 80 columns how many hops there are, and what is no way at all' {
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

        It 'refuses a copy whose next hops are gone, or all but them: <Properties>' -ForEach @(
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
}
