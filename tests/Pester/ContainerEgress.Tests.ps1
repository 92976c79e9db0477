BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "ContainerEgress$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $dual = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/ipam-dual.json")
        $node = Start-Node
        $empty = Get-NodeDump

        # An attachment of both families, with the file of the examples; $kept in the node is its object.
        function Get-Dual([hashtable] $More = @{}) {
            Invoke-Node { $more = $using:More ?? @{}; ($kept = ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns @more) }
        }

    }

    AfterAll {
        Stop-Node $node
    }

    BeforeEach {
        $ns = Get-FreshNamespace
    }

    AfterEach {
        $null = Get-NodeJob { Get-ContainerEgress | Remove-ContainerEgress -ErrorAction Ignore; Get-EgressNat | Remove-EgressNat }
        Remove-IfThere $ns
    }

    Context 'New-ContainerEgress' {
        It 'makes it all of a CNI result from the pipeline, and emits it' {
            $egress = Get-Dual
            $egress.PSTypeNames[0] | Should -BeExactly 'Deserialized.EgressNet.ContainerEgress'
            "$egress" | Should -BeExactly 'egress/c1/eg0'
            "$($egress.Network) $($egress.ContainerId) $($egress.Name) $($egress.InterfaceAlias)" |
                Should -BeExactly 'egress c1 eg0 eg0'
            $egress.NetNamespace | Should -BeExactly $ns
            $egress.Sandbox | Should -BeExactly "/run/netns/$ns"
            $egress.Mtu | Should -Be 1500
            "$($egress.Addresses)" | Should -BeExactly '169.254.172.5/22 fd00::ac:5/118'
            $addresses = Invoke-Node { (Get-ContainerEgress).Addresses }
            "$($addresses.Gateway)" | Should -BeExactly '169.254.172.1 fd00::ac:1'
            $addresses | ForEach-Object { "$($_.Nat) $($_.PortRandomization) $($_.NatAddress)" } |
                Should -BeExactly 'Masquerade None ', 'Masquerade None '
            "$($egress.ExcludePrefix) $($egress.IsIsolated) $($egress.IsMetadataBlocked)" | Should -BeExactly ' False False'
            $egress.HostInterface | Should -MatchExactly '^veth[0-9a-f]{11}$'
        }

        It 'adds the routes of a CNI result with all their attributes' {
            $json = '{ "cniVersion": "1.1.0", "interfaces": [ { "name": "eg0", "sandbox": "/run/netns/NS" } ],
                "ips": [ { "address": "10.0.0.5/24", "gateway": "10.0.0.1", "interface": 0 } ],
                "routes": [ { "dst": "10.0.0.1/32" }, { "dst": "10.0.0.0/24" }, { "dst": "0.0.0.0/0", "priority": 5 },
                    { "dst": "0.0.0.0/0", "table": 100 }, { "dst": "10.8.0.0/16", "scope": 253 },
                    { "dst": "10.9.0.0/16", "mtu": 1400, "advmss": 1360 } ] }'.Replace('NS', $ns)
            $null = Invoke-Node { $using:json | ConvertFrom-CniResult | New-ContainerEgress c1 }
            Get-RouteText $ns | Should -BeExactly @(
                'default via 10.0.0.1 dev eg0 metric 5'
                '10.0.0.0/24 via 10.0.0.1 dev eg0 src 10.0.0.5'
                '10.0.0.1 dev eg0 scope link src 10.0.0.5'
                '10.8.0.0/16 dev eg0 scope link'
                '10.9.0.0/16 via 10.0.0.1 dev eg0 mtu 1400 advmss 1360'
            )
            Get-RouteText $ns '-4 route show table 100' | Should -BeExactly 'default via 10.0.0.1 dev eg0'
            (Invoke-Node { Test-ContainerEgress c1 }).InDesiredState | Should -BeTrue
            Invoke-Ip -n $ns route change 10.9.0.0/16 via 10.0.0.1 dev eg0 mtu 1300
            Invoke-Ip -n $ns route del default table 100
            Invoke-Node { (Test-ContainerEgress c1).Findings.Expected } | Should -BeExactly @(
                '0.0.0.0/0 via 10.0.0.1 table 100', '10.9.0.0/16 via 10.0.0.1 mtu 1400 advmss 1360')
            (Invoke-Node { $null = Repair-ContainerEgress c1; Test-ContainerEgress c1 }).InDesiredState | Should -BeTrue
            (Get-IpJson $ns '-4 route show 10.9.0.0/16').metrics[0].mtu | Should -Be 1400
        }

        It 'takes the gateway that a CNI result does not name' {
            $json = '{ "ips": [ { "address": "10.0.0.5/24" } ], "routes": [ { "dst": "0.0.0.0/0" } ] }'
            $null = Assert-NodeFault { $using:json | ConvertFrom-CniResult | New-ContainerEgress c1 $using:ns } InvalidGateway InvalidArgument
            $null = Invoke-Node { $using:json | ConvertFrom-CniResult | New-ContainerEgress c1 $using:ns -Gateway 10.0.0.1 }
            Get-RouteText $ns | Should -Contain 'default via 10.0.0.1 dev eg0'
        }

        It 'refuses a route to its own subnet that leads elsewhere' {
            $fault = Assert-NodeFault { New-ContainerEgress c1 $using:ns 10.0.0.5/24 -Gateway 10.0.0.1 -Route '10.0.0.0/24 via 10.0.0.2' } InvalidArgument InvalidArgument
            $fault.Exception.Message | Should -BeLike "*'10.0.0.0/24'*"
        }

        It 'gives the container its link, addresses and routes' {
            $egress = Get-Dual
            $link = Get-IpJson $ns 'link show dev eg0'
            "$($link.linkinfo.info_kind) $($link.operstate) $($link.mtu)" | Should -Be 'veth UP 1500'
            $link.address | Should -BeExactly $egress.MacAddress
            $found = (Get-IpJson $ns 'address show dev eg0').addr_info | Where-Object { $_.scope -eq 'global' }
            $found | ForEach-Object { "$($_.local)/$($_.prefixlen) $($_.noprefixroute)" } |
                Should -BeExactly '169.254.172.5/22 True', 'fd00::ac:5/118 True'
            Get-RouteText $ns | Should -BeExactly @(
                'default via 169.254.172.1 dev eg0'
                '169.254.172.0/22 via 169.254.172.1 dev eg0 src 169.254.172.5'
                '169.254.172.1 dev eg0 scope link src 169.254.172.5'
            )
            Get-RouteText $ns '-6 route show' | Should -BeExactly @(
                'fd00::ac:1 dev eg0 src fd00::ac:5 metric 1024 pref medium'
                'fd00::ac:0/118 via fd00::ac:1 dev eg0 src fd00::ac:5 metric 1024 pref medium'
                'default via fd00::ac:1 dev eg0 metric 1024 pref medium'
            )
        }

        It 'sets gateways, routes, alias, group and accept_ra of its end' {
            $egress = Get-Dual
            $end = $egress.HostInterface
            $link = Get-IpJson $node.Name "link show dev $end"
            "$($link.operstate) $($link.mtu) $($link.ifalias) $($link.group)" |
                Should -BeExactly 'UP 1500 egressnet:egress/c1/eg0 16925400'
            $link.address | Should -BeExactly $egress.HostMacAddress
            (Get-IpJson $node.Name "-4 address show dev $end").addr_info |
                ForEach-Object { "$($_.local)/$($_.prefixlen) $($_.scope)" } | Should -BeExactly '169.254.172.1/32 link'
            $six = (Get-IpJson $node.Name "-6 address show dev $end").addr_info | Where-Object { $_.scope -eq 'global' }
            "$($six.local)/$($six.prefixlen) $($six.nodad) $($six.tentative)" |
                Should -BeExactly 'fd00::ac:1/128 True '
            Get-RouteText $node.Name "-4 route show dev $end" | Should -BeExactly '169.254.172.5 scope link'
            Get-RouteText $node.Name "-6 route show dev $end" |
                Should -BeExactly 'fd00::ac:1 proto kernel metric 256 pref medium', 'fd00::ac:5 metric 1024 pref medium'
            Get-Setting "ipv6/conf/$end/accept_ra" | Should -BeExactly '0'
        }

        It 'translates both addresses, in one table of its own' {
            $null = Get-Dual
            Invoke-Nft list tables | Should -BeExactly 'table inet egressnet'
            Get-NftKey 'container4' | Should -BeExactly '169.254.172.5'
            Get-NftKey 'masquerade4' | Should -BeExactly '169.254.172.5'
            Get-NftKey 'container6' | Should -BeExactly 'fd00::ac:5'
            Get-NftKey 'masquerade6' | Should -BeExactly 'fd00::ac:5'
            (Get-NftElement 'masquerade4').elem.comment | Should -BeExactly 'egress/c1/eg0'
        }

        It 'reaches the gateways at once when it returns' {
            $null = Get-Dual
            foreach ($gateway in '169.254.172.1', 'fd00::ac:1') {
                Get-PingResult $ns $gateway | Should -Be 0
            }
        }

        It 'takes every parameter' {
            $egress = Invoke-Node {
                $given = @{
                    ContainerId = 'c1'
                    NetNamespace = $using:ns
                    IPAddress = '10.1.0.5/24', 'fd00:9::5/64'
                    Gateway = '10.1.0.1', 'fd00:9::1'
                    Name = 'eth7'
                    Network = 'pods'
                    HostInterface = 'egthost'
                    Mtu = 1400
                    MacAddress = '02-00-5E-10-00-01'
                    HostMacAddress = '02:00:5e:10:00:02'
                    NatAddress = '192.0.2.10', 'fd00:2::10'
                    PortRandomization = 'FullyRandom'
                    ExcludePrefix = '10.0.0.0/8', 'fd00::/8'
                    Isolate = $true
                    BlockMetadata = $true
                }
                New-ContainerEgress @given
            }
            "$egress $($egress.HostInterface) $($egress.Mtu)" | Should -BeExactly 'pods/c1/eth7 egthost 1400'
            "$($egress.MacAddress) $($egress.HostMacAddress)" | Should -BeExactly '02:00:5e:10:00:01 02:00:5e:10:00:02'
            "$($egress.ExcludePrefix) $($egress.IsIsolated) $($egress.IsMetadataBlocked)" |
                Should -BeExactly '10.0.0.0/8 fd00::/8 True True'
            Invoke-Node { "$((Get-ContainerEgress).Addresses.NatAddress)" } | Should -BeExactly '192.0.2.10 fd00:2::10'
            $inside = Get-IpJson $ns 'link show dev eth7'
            "$($inside.address) $($inside.mtu)" | Should -BeExactly '02:00:5e:10:00:01 1400'
            $outside = Get-IpJson $node.Name 'link show dev egthost'
            "$($outside.address) $($outside.mtu) $($outside.group)" | Should -BeExactly '02:00:5e:10:00:02 1400 16925403'
            Get-NftKey 'snat4-fully-random' | Should -BeExactly '10.1.0.5'
            "$((Get-NftElement 'snat4-fully-random')[1])" | Should -BeExactly '192.0.2.10'
            Get-NftKey 'snat6-fully-random' | Should -BeExactly 'fd00:9::5'
            @(Get-NftElement 'exclude4') | Should -HaveCount 1
            @(Get-NftElement 'exclude6') | Should -HaveCount 1
        }

        It 'takes id, namespace and address by position and by alias' {
            $one = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -NextHop 10.1.0.1 -IfName eth0 -LinkLayerAddress 02:00:5e:10:00:01 }
            "$one $($one.MacAddress)" | Should -BeExactly 'egress/c1/eth0 02:00:5e:10:00:01'
            $two = Invoke-Node { New-ContainerEgress c1 -NetNS $using:ns -IPAddress 10.2.0.6 -PrefixLength 24 -DefaultGateway 10.2.0.1 -ContainerInterface eth1 -Route 10.9.0.0/16 }
            "$two" | Should -BeExactly 'egress/c1/eth1'
        }

        It 'binds all of an object by property name' {
            $egress = Invoke-Node {
                [pscustomobject]@{
                    ContainerId = 'c1'
                    Sandbox = "/run/netns/$using:ns"
                    IPAddress = '10.1.0.5'
                    PrefixLength = 24
                    Gateway = '10.1.0.1'
                    Network = 'pods'
                } | New-ContainerEgress
            }
            "$egress $($egress.Addresses) $($egress.NetNamespace)" | Should -BeExactly "pods/c1/eg0 10.1.0.5/24 $ns"
        }

        It 'has default routes where none are told' {
            $null = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24, fd00:9::5/64 -Gateway 10.1.0.1, fd00:9::1 }
            Get-RouteText $ns '-4 route show default' | Should -BeExactly 'default via 10.1.0.1 dev eg0'
            Get-RouteText $ns '-6 route show default' | Should -BeLike 'default via fd00:9::1 dev eg0 *'
        }

        It 'has the routes told instead: prefixes, gateways, objects' {
            $null = Invoke-Node {
                $route = '172.16.0.0/12', '10.7.0.0/16 via 10.1.0.1', [pscustomobject]@{ DestinationPrefix = '10.8.0.0/16'; NextHop = '10.1.0.1' }
                New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -Route $route
            }
            Get-RouteText $ns | Where-Object { $_ -notlike '10.1.0.*' } | Should -BeExactly @(
                '10.7.0.0/16 via 10.1.0.1 dev eg0', '10.8.0.0/16 via 10.1.0.1 dev eg0', '172.16.0.0/12 via 10.1.0.1 dev eg0')
        }

        It 'has the routes of a CNI result and no others' {
            $json = '{ "ips": [ { "address": "10.1.0.5/24", "gateway": "10.1.0.1" } ], "routes": [ { "dst": "10.0.0.0/8" }, { "dst": "172.16.0.0/12", "gw": "10.1.0.1" } ] }'
            $null = Invoke-Node { $using:json | ConvertFrom-CniResult | New-ContainerEgress c1 $using:ns }
            Get-RouteText $ns | Should -BeExactly @(
                '10.0.0.0/8 via 10.1.0.1 dev eg0', '10.1.0.0/24 via 10.1.0.1 dev eg0 src 10.1.0.5'
                '10.1.0.1 dev eg0 scope link src 10.1.0.5', '172.16.0.0/12 via 10.1.0.1 dev eg0')
        }

        It 'translates nothing with -NoNat, and still knows its address' {
            $egress = Invoke-Node { ($made = New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -NoNat) }
            "$egress" | Should -BeExactly 'egress/c1/eg0'
            Get-NftKey 'container4' | Should -BeExactly '10.1.0.5'
            Get-NftKey 'masquerade4' | Should -BeNullOrEmpty
            Invoke-Node { "$($made.Addresses[0].Nat) $((Get-ContainerEgress c1).Addresses[0].Nat)" } | Should -BeExactly 'None None'
            (Invoke-Node { Test-ContainerEgress c1 }).InDesiredState | Should -BeTrue
        }

        It 'puts <Ports> into <Set>' -ForEach @(
            @{ Ports = 'None'; Nat = @{}; Set = 'masquerade4' }
            @{ Ports = 'Random'; Nat = @{}; Set = 'masquerade4-random' }
            @{ Ports = 'FullyRandom'; Nat = @{}; Set = 'masquerade4-fully-random' }
            @{ Ports = 'None'; Nat = @{ NatAddress = '192.0.2.10' }; Set = 'snat4' }
            @{ Ports = 'Random'; Nat = @{ NatAddress = '192.0.2.10' }; Set = 'snat4-random' }
            @{ Ports = 'FullyRandom'; Nat = @{ NatAddress = '192.0.2.10' }; Set = 'snat4-fully-random' }
        ) {
            Invoke-Node {
                $nat = $using:Nat
                $egress = New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -PortRandomization $using:Ports @nat
                "$($egress.Addresses[0].PortRandomization)"
            } | Should -BeExactly $Ports
            foreach ($each in 'masquerade4', 'masquerade4-random', 'masquerade4-fully-random', 'snat4', 'snat4-random', 'snat4-fully-random') {
                "$(Get-NftKey $each)" | Should -BeExactly $(if ($each -eq $Set) { '10.1.0.5' } else { '' })
            }
        }

        It 'warns of a node address that the node lacks, and is made' {
            $trial = Get-NodeJob { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress 203.0.113.9 }
            $trial.Error | Should -HaveCount 0
            $trial.Warning | Should -HaveCount 1
            $trial.Warning[0].Message | Should -BeLike "NatAddress '203.0.113.9' is not an address of this node*"
            "$((Get-NftElement 'snat4')[1])" | Should -BeExactly '203.0.113.9'
        }

        It 'says nothing of a node address that the node has' {
            (Get-NodeJob { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress 192.0.2.10 }).Warning |
                Should -HaveCount 0
        }

        It 'warns of a gateway outside the prefix, and reaches it' {
            $trial = Get-NodeJob { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.2.0.1 }
            $trial.Error | Should -HaveCount 0
            $trial.Warning | Should -HaveCount 1
            $trial.Warning[0].Message | Should -BeLike "Gateway '10.2.0.1' is outside 10.1.0.0/24*"
            Get-PingResult $ns 10.2.0.1 | Should -Be 0
        }

        It 'switches on the forwarding that is off, of its families only' {
            Set-Forwarding $node 0
            try {
                $null = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 }
                Get-Setting 'ipv4/ip_forward' | Should -Be '1'
                Get-Setting 'ipv6/conf/all/forwarding' | Should -Be '0'
                $null = Invoke-Node { New-ContainerEgress c2 $using:ns fd00:9::5/64 -Gateway fd00:9::1 -Name eg1 }
                Get-Setting 'ipv6/conf/all/forwarding' | Should -Be '1'
            }
            finally {
                Set-Forwarding $node 1
            }
        }

        It 'keeps isolated containers apart' {
            $other = Get-FreshNamespace
            try {
                $null = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 }
                $null = Invoke-Node { New-ContainerEgress c2 $using:other 10.1.0.6/24 -Gateway 10.1.0.1 }
                Get-PingResult $ns 10.1.0.6 | Should -Be 0
                $null = Invoke-Node { New-ContainerEgress c2 $using:other 10.1.0.6/24 -Gateway 10.1.0.1 -Isolate -Force }
                Get-PingResult $ns 10.1.0.6 0.3 | Should -Be 1 -Because 'nobody reaches the isolated one'
                Get-PingResult $other 10.1.0.5 0.3 | Should -Be 1 -Because 'the isolated one reaches nobody'
                Get-PingResult $other 10.1.0.1 | Should -Be 0 -Because 'it reaches its gateway'
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'keeps a container from the metadata service' {
            Invoke-Ip -n $node.Name address add 169.254.169.254/32 dev v0
            try {
                $null = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 }
                Get-PingResult $ns 169.254.169.254 | Should -Be 0
                $null = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -BlockMetadata -Force }
                Get-PingResult $ns 169.254.169.254 0.3 | Should -Be 1
            }
            finally {
                Invoke-Ip -n $node.Name address del 169.254.169.254/32 dev v0
            }
        }

        It 'refuses an attached id and leaves the live one alone' {
            $null = Get-Dual
            $before = Get-NodeDump $ns
            $other = Get-FreshNamespace
            try {
                foreach ($container in $ns, $other) {
                    $fault = Assert-NodeFault { New-ContainerEgress c1 $using:container 169.254.172.9/22 -Gateway 169.254.172.1 } ContainerEgressAlreadyExists ResourceExists
                    "$fault" | Should -BeLike "Container egress 'egress/c1/eg0' already exists*"
                    $fault.TargetObject | Should -BeExactly 'c1'
                    $null = Assert-NodeFault { New-ContainerEgress c1 $using:container 169.254.172.9/22 -Gateway 169.254.172.1 -HostInterface another } ContainerEgressAlreadyExists ResourceExists
                }

                Assert-Same $before (Get-NodeDump $ns)
                (Invoke-Node { Test-ContainerEgress c1 }).InDesiredState | Should -BeTrue
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'refuses another container''s address and changes neither' {
            $null = Get-Dual
            $other = Get-FreshNamespace
            try {
                $before = Get-NodeDump $ns, $other
                $fault = Assert-NodeFault { New-ContainerEgress c2 $using:other 169.254.172.5/22 -Gateway 169.254.172.1 } AddressInUse ResourceExists
                "$fault" | Should -BeLike '*169.254.172.5*egress/c1/eg0*'
                Assert-Same $before (Get-NodeDump $ns, $other)
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'replaces its own with -Force' {
            $old = Get-Dual
            $new = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -Force }
            $new.HostInterface | Should -BeExactly $old.HostInterface
            (Get-IpJson $ns '-4 address show dev eg0').addr_info.local | Should -BeExactly '10.1.0.5'
            Get-NftKey 'container4' | Should -BeExactly '10.1.0.5'
            Get-NftKey 'container6' | Should -BeNullOrEmpty
            (Invoke-Node { Test-ContainerEgress }).InDesiredState | Should -BeTrue
        }

        It 'does not take another''s address with -Force' {
            $null = Get-Dual
            $other = Get-FreshNamespace
            try {
                $before = Get-NodeDump $ns, $other
                $null = Assert-NodeFault { New-ContainerEgress c2 $using:other 169.254.172.5/22 -Gateway 169.254.172.1 -Force } AddressInUse ResourceExists
                Assert-Same $before (Get-NodeDump $ns, $other)
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'refuses a name taken in the container or on the node' {
            Invoke-Ip -n $ns link add eg0 type veth peer name peer0
            $before = Get-NodeDump $ns
            $fault = Assert-NodeFault { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 } InterfaceAlreadyExists ResourceExists
            "$fault" | Should -BeLike "*'eg0'*$ns*"
            $fault = Assert-NodeFault { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -Name eg1 -HostInterface v0 } InterfaceAlreadyExists ResourceExists
            "$fault" | Should -BeLike "*'v0'*"
            Assert-Same $before (Get-NodeDump $ns)
        }

        It 'makes nothing where a late step fails' {
            Invoke-Ip -n $ns link add x0 type veth peer name x1
            Invoke-Ip -n $ns link set x0 up
            Invoke-Ip -n $ns link set x1 up
            Invoke-Ip -n $ns route add 169.254.172.1/32 dev x0
            $before = Get-NodeDump $ns
            $fault = Assert-NodeFault { ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns } RouteAlreadyExists ResourceExists
            $fault.TargetObject | Should -BeExactly 'c1'
            Assert-Same $before (Get-NodeDump $ns)
        }

        It 'goes on after a bad item: good, bad, good' {
            $all = $ns, (Get-FreshNamespace), (Get-FreshNamespace)
            try {
                Invoke-Ip -n $all[1] link add eg0 type veth peer name peer0
                $trial = Get-NodeJob {
                    $all = $using:all
                    0..2 | ForEach-Object { [pscustomobject]@{ ContainerId = "c$_"; NetNamespace = $all[$_]; IPAddress = "10.1.0.1$_/24" } } |
                        New-ContainerEgress -Gateway 10.1.0.1
                }
                $trial.Output.ContainerId | Should -BeExactly 'c0', 'c2'
                $trial.Error | Should -HaveCount 1
                $trial.Error[0].TargetObject | Should -BeExactly 'c1'
            }
            finally {
                Remove-IfThere $all[1], $all[2]
            }
        }

        It 'lists with -WhatIf the changes of -Verbose, and makes none' {
            $before = Get-NodeDump $ns
            $rehearsed = Invoke-Node { Get-WhatIf { ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns -Mtu 9001 -WhatIf } }
            Assert-Same $before (Get-NodeDump $ns)
            $made = Get-NodeJob { ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns -Mtu 9001 -Verbose }
            $end = $made.Output[0].HostInterface
            $rehearsed -replace '^What if: ' | Should -BeExactly @(
                "Performing the operation `"Create container egress`" on target `"egress/c1/eg0 (169.254.172.5/22, fd00::ac:5/118) in $ns`"."
                'write record of egress/c1/eg0, claim 169.254.172.5, fd00::ac:5'
                "add veth $end, peer eg0 in $ns, mtu 9001"
                "set net.ipv6.conf.$end.accept_ra = 0"
                "set net.ipv6.conf.$end.accept_dad = 0"
                'set net.ipv6.conf.eg0.accept_dad = 0'
                "set link $end up, alias egressnet:egress/c1/eg0, group 16925400"
                "add address 169.254.172.1/32 dev $end"
                "add address fd00::ac:1/128 dev $end"
                "add route 169.254.172.5/32 dev $end"
                "add route fd00::ac:5/128 dev $end"
                'add NAT 169.254.172.5 masquerade (egress/c1/eg0), fd00::ac:5 masquerade (egress/c1/eg0)'
                "set link eg0 up in $ns"
                "add address 169.254.172.5/22 dev eg0 in $ns"
                "add address fd00::ac:5/118 dev eg0 in $ns"
                "add route 169.254.172.1/32 dev eg0 in $ns"
                "add route 169.254.172.0/22 via 169.254.172.1 dev eg0 in $ns"
                "add route fd00::ac:1/128 dev eg0 in $ns"
                "add route fd00::ac:0/118 via fd00::ac:1 dev eg0 in $ns"
                "add route 0.0.0.0/0 via 169.254.172.1 dev eg0 in $ns"
                "add route ::/0 via fd00::ac:1 dev eg0 in $ns"
            )
            $done = $made.Verbose.Message
            # Told in parts: the record, which is written again once there is a pair, the pair, and what the table gets.
            $parts = '^(write record|claim|set link \S+ (alias|also named)|add table|add NAT) '
            $done -notmatch $parts | Should -BeExactly @($rehearsed -replace '^What if: ' -notmatch $parts)
            $done[1..5] -replace '/net-\d+/', '/net-0/' | Should -BeExactly @(
                'write record /run/egressnet/net-0/c1/egress+eg0.json'
                'claim 169.254.172.5 for egress/c1/eg0', 'claim fd00::ac:5 for egress/c1/eg0'
                'claim gateway 169.254.172.1 for egress/c1/eg0', 'claim gateway fd00::ac:1 for egress/c1/eg0')
            $done -like 'add NAT *' |
                Should -BeExactly 'add NAT 169.254.172.5 masquerade (egress/c1/eg0)', 'add NAT fd00::ac:5 masquerade (egress/c1/eg0)'
        }

        It 'asks nothing with -Confirm:$false' {
            "$(Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -Confirm:$false })" | Should -BeExactly 'egress/c1/eg0'
        }
    }

    Context 'Get-ContainerEgress' {
        BeforeEach {
            $other = Get-FreshNamespace
            $null = Get-Dual @{ Mtu = 9001; ExcludePrefix = '10.0.0.0/8'; PortRandomization = 'Random'; Isolate = $true }
            $null = Invoke-Node { New-ContainerEgress c2 $using:other 10.1.0.6/24 -Gateway 10.1.0.1 -Network pods }
            $null = Invoke-Node { New-ContainerEgress c2 $using:other 10.2.0.7/24 -Gateway 10.2.0.1 -Name eg1 -Route 10.2.0.0/16 -NatAddress 192.0.2.10 }
        }

        AfterEach {
            Remove-IfThere $other
        }

        It 'lists all, in order of network, container and interface' {
            Invoke-Node { Get-ContainerEgress } | ForEach-Object { "$_" } |
                Should -BeExactly 'egress/c1/eg0', 'egress/c2/eg1', 'pods/c2/eg0'
        }

        It 'finds by <What>' -ForEach @(
            @{ What = 'id'; Filter = @{ ContainerId = 'c1' }; Found = 'egress/c1/eg0' }
            @{ What = 'ids'; Filter = @{ ContainerId = 'c2', 'c1' }; Found = 'egress/c1/eg0', 'egress/c2/eg1', 'pods/c2/eg0' }
            @{ What = 'wildcard'; Filter = @{ ContainerId = 'c[2-9]' }; Found = 'egress/c2/eg1', 'pods/c2/eg0' }
            @{ What = 'network'; Filter = @{ Network = 'pods' }; Found = 'pods/c2/eg0' }
            @{ What = 'wildcard of networks'; Filter = @{ Network = 'e*' }; Found = 'egress/c1/eg0', 'egress/c2/eg1' }
            @{ What = 'name'; Filter = @{ Name = 'eg1' }; Found = 'egress/c2/eg1' }
            @{ What = 'id and name'; Filter = @{ ContainerId = 'c2'; IfName = 'eg0' }; Found = 'pods/c2/eg0' }
        ) {
            Invoke-Node { $filter = $using:Filter; Get-ContainerEgress @filter } | ForEach-Object { "$_" } | Should -BeExactly $Found
        }

        It 'finds by property name' {
            Invoke-Node { [pscustomobject]@{ ContainerId = 'c2'; Network = 'pods' } | Get-ContainerEgress } |
                ForEach-Object { "$_" } | Should -BeExactly 'pods/c2/eg0'
        }

        It 'emits what New-ContainerEgress emitted' {
            Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress }
            $made, $read = Invoke-Node {
                $given = @{
                    Mtu = 9001
                    ExcludePrefix = '10.0.0.0/8', 'fd00::/8'
                    NatAddress = '192.0.2.10'
                    PortRandomization = 'Random'
                    Isolate = $true
                    HostInterface = 'egthost'
                }
                $made = ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns @given
                [System.Management.Automation.PSSerializer]::Serialize($made)
                [System.Management.Automation.PSSerializer]::Serialize((Get-ContainerEgress))
            }
            $read | Should -BeExactly $made
        }

        It 'is an error for an absent literal, silent for a wildcard' {
            $fault = Assert-NodeFault { Get-ContainerEgress nope } ContainerEgressNotFound ObjectNotFound
            $fault.TargetObject | Should -BeExactly 'nope'
            (Get-NodeJob { Get-ContainerEgress nope* }).Error | Should -HaveCount 0
            $trial = Get-NodeJob { Get-ContainerEgress c1, nope }
            "$($trial.Output) $($trial.Error.Count)" | Should -BeExactly 'egress/c1/eg0 1'
        }

        It 'finds one whose namespace is gone, by its table' {
            $end = (Invoke-Node { Get-ContainerEgress -Network pods }).HostInterface
            Invoke-Ip netns del $other
            Wait-LinkGone $end
            $found = Invoke-Node { Get-ContainerEgress -Network pods }
            "$found $($found.Addresses) $($found.HostInterface) $($found.NetNamespace)" | Should -BeExactly 'pods/c2/eg0 10.1.0.6/24  '
        }

        It 'offers the ids' {
            Invoke-Node { $text = 'Get-ContainerEgress c'; ([System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null)).CompletionMatches.CompletionText } |
                ForEach-Object { $_ } | Should -Contain 'c1'
        }
    }

    Context 'Test-ContainerEgress and Repair-ContainerEgress' {
        It 'finds nothing in what was just made' {
            $null = Get-Dual
            $test = Invoke-Node { Test-ContainerEgress }
            $test.PSTypeNames[0] | Should -BeExactly 'Deserialized.EgressNet.ContainerEgressTest'
            "$test" | Should -BeExactly 'egress/c1/eg0: in desired state'
            "$($test.InDesiredState) $($test.Findings.Count) $($test.ContainerEgress)" | Should -BeExactly 'True 0 egress/c1/eg0'
        }

        It 'tells what is, what should be, and of what' {
            $end = (Get-Dual).HostInterface
            Invoke-Ip -n $node.Name link set $end mtu 1400
            $test = Invoke-Node { Test-ContainerEgress }
            $test.InDesiredState | Should -BeFalse
            Invoke-Node { (Test-ContainerEgress).Findings } | ForEach-Object { "$($_.Kind)|$($_.Subject)|$($_.Expected)|$($_.Actual)|$_" } |
                Should -BeExactly "HostMtu|$end|1500|1400|HostMtu of ${end}: 1400, not 1500"
            "$test" | Should -BeExactly "egress/c1/eg0: HostMtu of ${end}: 1400, not 1500"
        }

        It 'finds <What>, and repairs just that' -ForEach @(
            @{ What = 'the host''s end down'; On = 'node'; Ip = 'link set HOST down'; Kinds = 'HostInterfaceDown', 'HostAddress', 'HostRoute'
                Lines = 'set link HOST up, *', 'add address fd00::ac:1/128 *', 'add route 169.254.172.5/32 *', 'add route fd00::ac:5/128 *' }
            @{ What = 'another alias'; On = 'node'; Clear = $true; Kinds = 'HostAlias'; Lines = 'set link HOST up, alias egressnet:egress/c1/eg0, *' }
            @{ What = 'another MTU of the host''s end'; On = 'node'; Ip = 'link set HOST mtu 1400'; Kinds = 'HostMtu'; Lines = 'set link HOST mtu 1500' }
            @{ What = 'another MAC of the host''s end'; On = 'node'; Ip = 'link set HOST address 02:00:5e:10:00:77'; Kinds = 'HostMacAddress'; Lines = 'set link HOST address *' }
            @{ What = 'another name of the host''s end'; On = 'node'; Ip = 'link set HOST name renamed'; Kinds = 'HostInterface'; Lines = 'set link renamed name HOST'; Kept = $true }
            @{ What = 'another group'; On = 'node'; Ip = 'link set HOST group 0'; Kinds = 'Isolation'; Lines = 'set link HOST up, *group 16925400' }
            @{ What = 'the gateway gone'; On = 'node'; Ip = 'address del 169.254.172.1/32 dev HOST'; Kinds = 'HostAddress', 'HostRoute'; Lines = 'add address 169.254.172.1/32 *', 'add route 169.254.172.5/32 *' }
            @{ What = 'the IPv6 gateway gone'; On = 'node'; Ip = 'address del fd00::ac:1/128 dev HOST'; Kinds = 'HostAddress'; Lines = 'add address fd00::ac:1/128 *' }
            @{ What = 'the route to the container gone'; On = 'node'; Ip = 'route del 169.254.172.5/32'; Kinds = 'HostRoute'; Lines = 'add route 169.254.172.5/32 *' }
            @{ What = 'the IPv6 route to the container gone'; On = 'node'; Ip = '-6 route del fd00::ac:5/128'; Kinds = 'HostRoute'; Lines = 'add route fd00::ac:5/128 *' }
            @{ What = 'router advertisements'; On = 'node'; Setting = 'ipv6/conf/HOST/accept_ra'; Value = 1; Kinds = 'HostRouterAdvertisements'; Lines = 'set net.ipv6.conf.HOST.accept_ra = 0' }
            @{ What = 'forwarding off'; On = 'node'; Setting = 'ipv4/ip_forward'; Value = 0; Kinds = 'Forwarding'; Lines = 'set net.ipv4.ip_forward = 1' }
            @{ What = 'IPv6 forwarding off'; On = 'node'; Setting = 'ipv6/conf/all/forwarding'; Value = 0; Kinds = 'Forwarding'; Lines = 'set net.ipv6.conf.all.forwarding = 1' }
            @{ What = 'IPv6 off on the host''s end'; On = 'node'; Setting = 'ipv6/conf/HOST/disable_ipv6'; Value = 1; Kinds = 'IPv6Disabled', 'HostAddress', 'HostRoute'
                Lines = 'set net.ipv6.conf.HOST.disable_ipv6 = 0', 'add address fd00::ac:1/128 *', 'add route fd00::ac:5/128 *' }
            @{ What = 'IPv6 off in the container'; On = 'ns'; Setting = 'ipv6/conf/eg0/disable_ipv6'; Value = 1; Kinds = 'IPv6Disabled', 'ContainerAddress', 'ContainerRoute'
                Lines = 'set net.ipv6.conf.eg0.disable_ipv6 = 0', 'add address fd00::ac:5/118 *', 'add route fd00::ac:1/128 *', 'add route fd00::ac:0/118 *', 'add route ::/0 *' }
            @{ What = 'the container''s end down'; On = 'ns'; Ip = 'link set eg0 down'; Kinds = 'ContainerInterfaceDown', 'ContainerAddress', 'ContainerRoute'
                Lines = 'set link eg0 up *', 'add address fd00::ac:5/118 *', 'add route 169.254.172.1/32 *', 'add route 169.254.172.0/22 *', 'add route fd00::ac:1/128 *', 'add route fd00::ac:0/118 *', 'add route 0.0.0.0/0 *', 'add route ::/0 *' }
            @{ What = 'another MTU in the container'; On = 'ns'; Ip = 'link set eg0 mtu 1400'; Kinds = 'ContainerMtu'; Lines = 'set link eg0 mtu 1500' }
            @{ What = 'another MAC in the container'; On = 'ns'; Ip = 'link set eg0 address 02:00:5e:10:00:78'; Kinds = 'ContainerMacAddress'; Lines = 'set link eg0 address *' }
            @{ What = 'another name in the container'; On = 'ns'; Ip = 'link set eg0 name other'; Kinds = 'ContainerInterface'; Lines = 'set link other name eg0' }
            @{ What = 'the container''s address gone'; On = 'ns'; Ip = 'address del 169.254.172.5/22 dev eg0'; Kinds = 'ContainerAddress', 'ContainerRoute'
                Lines = 'add address 169.254.172.5/22 *', 'add route 169.254.172.1/32 *', 'add route 169.254.172.0/22 *', 'add route 0.0.0.0/0 *' }
            @{ What = 'the default route gone'; On = 'ns'; Ip = 'route del default'; Kinds = 'ContainerRoute'; Lines = 'add route 0.0.0.0/0 *' }
            @{ What = 'the IPv6 default route gone'; On = 'ns'; Ip = '-6 route del default'; Kinds = 'ContainerRoute'; Lines = 'add route ::/0 *' }
            @{ What = 'the subnet''s route elsewhere'; On = 'ns'; Ip = 'route replace 169.254.172.0/22 dev eg0 scope link'; Kinds = 'ContainerConnectedRoute', 'ContainerRoute'; Lines = '*route 169.254.172.0/22*' }
            @{ What = 'a connected route'; On = 'ns'; Ip = 'route append 169.254.172.0/22 dev eg0 proto kernel scope link src 169.254.172.5 metric 7'; Kinds = 'ContainerConnectedRoute'; Lines = 'delete route 169.254.172.0/22 *' }
            @{ What = 'an address untranslated'; On = 'node'; Nft = 'delete element inet egressnet masquerade4 { 169.254.172.5 }'; Kinds = 'Nat'; Lines = 'add NAT 169.254.172.5 *' }
            @{ What = 'an address translated otherwise'; On = 'node'; Nft = 'delete element inet egressnet masquerade6 { fd00::ac:5 }; add element inet egressnet masquerade6-random { fd00::ac:5 comment "egress/c1/eg0" }'; Kinds = 'Nat'; Lines = 'add NAT fd00::ac:5 *' }
            @{ What = 'no rules'; On = 'node'; Nft = 'flush chain inet egressnet postrouting'; Kinds = 'NatTable'; Lines = 'repair table egressnet' }
            @{ What = 'an exclusion gone'; On = 'node'; Nft = 'delete element inet egressnet exclude4 { 169.254.172.5 . 10.0.0.0/8 }'; Kinds = 'NatExclusion'; Lines = 'add NAT 169.254.172.5 *'; More = @{ ExcludePrefix = '10.0.0.0/8' }; Kept = $true }
            @{ What = 'an exclusion more'; On = 'node'; Nft = 'add element inet egressnet exclude4 { 169.254.172.5 . 172.16.0.0/12 }'; Kinds = 'NatExclusion'; Lines = 'add NAT 169.254.172.5 *'; More = @{ ExcludePrefix = '10.0.0.0/8' }; Kept = $true }
        ) {
            $end = (Get-Dual $More).HostInterface
            $bystander = Get-FreshNamespace
            try {
                $null = Invoke-Node { New-ContainerEgress c2 $using:bystander 10.1.0.6/24 -Gateway 10.1.0.1 }
                $before = Get-SortedDump $ns, $bystander
                $where = if ($On -eq 'node') { $node.Name } else { $ns }
                if ($Ip) {
                    $words = $Ip.Replace('HOST', $end).Split(' ')
                    Invoke-Ip -n $where @words
                }
                elseif ($Clear) {
                    Invoke-Ip -n $where link set $end alias ''
                }
                elseif ($Nft) {
                    Invoke-Nft $Nft
                }
                else {
                    $null = ip netns exec $where sh -c "echo $Value > /proc/sys/net/$($Setting.Replace('HOST', $end))"
                }

                # A name, and what is not translated, may be chosen: only who kept the object knows what they were.
                $Kept = [bool] $Kept
                $found = Invoke-Node {
                    $test = if ($using:Kept) { $kept | Test-ContainerEgress } else { Test-ContainerEgress c1 }
                    $test.InDesiredState
                    $test.Findings.Kind | ForEach-Object { "$_" } | Sort-Object -Unique
                }
                $found | Should -BeExactly (@($false) + ($Kinds | Sort-Object))
                $repair = Get-NodeJob {
                    if ($using:Kept) { $kept | Repair-ContainerEgress -Verbose } else { Repair-ContainerEgress c1 -Verbose }
                }
                "$($repair.Error) $($repair.Output.Count)" | Should -BeExactly ' 0'
                $done = @($repair.Verbose.Message -notlike 'Performing the operation*')
                foreach ($line in $Lines.Replace('HOST', $end)) {
                    @($done -like $line).Count | Should -BeGreaterThan 0 -Because "'$line' is in $($done -join '; ')"
                }

                foreach ($line in $done) {
                    @($Lines.Replace('HOST', $end) | Where-Object { $line -like $_ }).Count |
                        Should -BeGreaterThan 0 -Because "'$line' is not asked for"
                }

                "$(Invoke-Node { Test-ContainerEgress })" | Should -BeLike '*c1*in desired state*c2*in desired state'
                Assert-Same $before (Get-SortedDump $ns, $bystander)
            }
            finally {
                Remove-IfThere $bystander
            }
        }

        It 'makes the pair again where <What>' -ForEach @(
            @{ What = 'the pair is gone'; Change = 'link del HOST'; Kinds = 'HostInterface', 'ContainerInterface' }
        ) {
            $end = (Get-Dual).HostInterface
            $before = Get-SortedDump $ns -Plain
            $words = $Change.Replace('HOST', $end).Split(' ')
            Invoke-Ip -n $node.Name @words
            $found = Invoke-Node { ($kept | Test-ContainerEgress).Findings.Kind | ForEach-Object { "$_" } }
            foreach ($kind in $Kinds) {
                $kind | Should -BeIn $found
            }

            Invoke-Node { $kept | Repair-ContainerEgress }
            (Invoke-Node { Test-ContainerEgress }).InDesiredState | Should -BeTrue
            Assert-Same $before (Get-SortedDump $ns -Plain)
        }

        It 'refuses to repair an end that is in another namespace' {
            $null = Get-Dual
            $other = Get-FreshNamespace
            try {
                Invoke-Ip -n $ns link set eg0 netns $other
                $before = Get-NodeDump $ns, $other
                Invoke-Node { ($kept | Test-ContainerEgress).Findings.Kind | ForEach-Object { "$_" } } |
                    Should -Contain 'NetNamespace'
                $fault = Assert-NodeFault { $kept | Repair-ContainerEgress } NetNamespaceChanged ResourceUnavailable
                "$fault" | Should -BeLike '*egress/c1/eg0*'
                Assert-Same $before (Get-NodeDump $ns, $other)
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'makes the table again from a kept object, all of it' {
            $null = Invoke-Node { $kept = ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns -PortRandomization Random -ExcludePrefix 10.0.0.0/8 }
            $before = Get-SortedDump $ns
            Invoke-Nft delete table inet egressnet
            Invoke-Node { "$(($kept | Test-ContainerEgress).Findings.Kind)" } | Should -BeExactly 'NatTable Nat Nat'
            $repair = Get-NodeJob { $kept | Repair-ContainerEgress -Verbose }
            $repair.Verbose.Message -notlike 'Performing*' | Should -BeExactly @(
                'add table egressnet', 'add NAT 169.254.172.5 masquerade random (egress/c1/eg0)', 'add NAT fd00::ac:5 masquerade random (egress/c1/eg0)')
            Assert-Same $before (Get-SortedDump $ns)
        }

        It 'builds the table again from the record' {
            $null = Get-Dual
            $before = Get-SortedDump $ns
            Invoke-Nft flush ruleset
            Invoke-Node { "$((Test-ContainerEgress).Findings.Kind)" } | Should -BeExactly 'NatTable Nat Nat'
            Invoke-Node { Test-ContainerEgress | Repair-ContainerEgress }
            Invoke-Node { (Test-ContainerEgress).InDesiredState } | Should -BeTrue
            Assert-Same $before (Get-SortedDump $ns)
        }

        It 'reports a missing record as a finding that has no repair' {
            $null = Get-Dual
            Remove-Item "/run/egressnet/net-$((Get-NetNamespace $node.Name).Cookie)/c1/egress+eg0.json"
            $before = Get-NodeDump $ns
            "$((Invoke-Node { Get-ContainerEgress }).Addresses)" | Should -BeExactly '169.254.172.5/32 fd00::ac:5/128' -Because 'the gateways are not the container''s'
            Invoke-Node { "$((Test-ContainerEgress).Findings.Kind)" } | Should -BeExactly 'Declaration'
            $fault = Assert-NodeFault { Repair-ContainerEgress c1 } ContainerEgressUndeclared InvalidOperation
            "$fault" | Should -BeLike '*egress/c1/eg0*'
            Assert-Same $before (Get-NodeDump $ns)
        }

        It 'replaces with -Force a creation aborted before its alias' {
            $end = (Get-Dual).HostInterface
            Invoke-Ip -n $node.Name link set $end alias ''
            $null = Assert-NodeFault { ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns } ContainerEgressAlreadyExists ResourceExists
            $null = Get-Dual @{ Force = $true }
            (Invoke-Node { Test-ContainerEgress }).InDesiredState | Should -BeTrue
        }

        It 'spares a foreign pair with its interface name, even forced' {
            $end = (Get-Dual).HostInterface
            Invoke-Node { Remove-ContainerEgress c1 }
            Invoke-Ip -n $node.Name link add $end type veth peer name other
            $before = Get-SortedDump $ns
            foreach ($force in $false, $true) {
                $null = Assert-NodeFault {
                    ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns -Force:$using:force
                } InterfaceAlreadyExists ResourceExists
                $null = Assert-NodeFault {
                    New-EgressVeth eg0 -NetNamespace $using:ns -ContainerId c1 -Force:$using:force
                } InterfaceAlreadyExists ResourceExists
            }

            Assert-Same $before (Get-SortedDump $ns)
            Invoke-Ip -n $node.Name link delete $end
        }

        It 'repairs those that Test-ContainerEgress found, and no other' {
            $other = Get-FreshNamespace
            try {
                $one = (Get-Dual).HostInterface
                $two = (Invoke-Node { New-ContainerEgress c2 $using:other 10.1.0.6/24 -Gateway 10.1.0.1 }).HostInterface
                $before = Get-SortedDump $ns, $other
                Invoke-Ip -n $node.Name link set $two mtu 1300
                $repair = Get-NodeJob { Test-ContainerEgress | Repair-ContainerEgress -Verbose -PassThru }
                "$($repair.Error.Count) $($repair.Output)" | Should -BeExactly '0 egress/c2/eg0'
                $repair.Verbose.Message -notlike 'Performing*' |
                    Should -BeExactly 'egress/c1/eg0 is in the desired state.', "set link $two mtu 1500"
                Assert-Same $before (Get-SortedDump $ns, $other)
                "$one" | Should -Not -Be $two
            }
            finally {
                Remove-IfThere $other
            }
        }

        It 'changes nothing of what is right' {
            $null = Get-Dual
            $before = Get-NodeDump $ns
            $repair = Get-NodeJob { Repair-ContainerEgress c1 -Verbose }
            $repair.Verbose.Message | Should -BeExactly 'egress/c1/eg0 is in the desired state.'
            Assert-Same $before (Get-NodeDump $ns)
        }

        It 'says with -WhatIf what it would repair, and does not' {
            $end = (Get-Dual).HostInterface
            Invoke-Ip -n $node.Name link set $end mtu 1300
            $before = Get-NodeDump $ns
            $lines = @(Invoke-Node { Get-WhatIf { Repair-ContainerEgress c1 -WhatIf -PassThru } })
            $lines | Should -HaveCount 1
            $lines[0] | Should -BeLike "What if: *Repair container egress*egress/c1/eg0: HostMtu of ${end}: 1300, not 1500*"
            Assert-Same $before (Get-NodeDump $ns)
        }

        It 'gives back the address of another only when nobody uses it' {
            $end = (Get-Dual).HostInterface
            Invoke-Ip -n $node.Name route replace 169.254.172.5/32 dev v0 scope link
            try {
                $before = Get-NodeDump $ns
                Invoke-Node { "$((Test-ContainerEgress c1).Findings.Kind)" } | Should -BeExactly 'HostRoute'
                $fault = Assert-NodeFault { Repair-ContainerEgress c1 } AddressInUse ResourceExists
                "$fault" | Should -BeLike '*169.254.172.5*v0*'
                Assert-Same $before (Get-NodeDump $ns)
            }
            finally {
                Invoke-Ip -n $node.Name route del 169.254.172.5/32 dev v0
            }

            Invoke-Node { Repair-ContainerEgress c1 }
            Get-RouteText $node.Name "-4 route show dev $end" | Should -BeExactly '169.254.172.5 scope link'
        }

        It 'finds the namespace gone, and says so of a repair' {
            $null = Get-Dual
            Invoke-Ip netns del $ns
            Invoke-Node { "$((Test-ContainerEgress c1).Findings.Kind) $(($kept | Test-ContainerEgress).Findings.Kind)" } |
                Should -BeExactly 'NetNamespace NetNamespace'
            $fault = Assert-NodeFault { Repair-ContainerEgress c1 } NetNamespaceNotFound ObjectNotFound
            "$fault" | Should -BeLike '*egress/c1/eg0*'
        }

        It 'is an error for a literal that is not there: <_>' -ForEach 'Test-ContainerEgress', 'Repair-ContainerEgress' {
            (Assert-NodeFault { & $using:_ nope } ContainerEgressNotFound ObjectNotFound).TargetObject | Should -BeExactly 'nope'
            Invoke-Node { & $using:_ nope* } | Should -BeNullOrEmpty
        }
    }

    Context 'Remove-ContainerEgress' {
        BeforeEach {
            $empty = Get-NodeDump $ns
            $other = Get-FreshNamespace
            $null = Invoke-Node { $one = ConvertFrom-CniResult -Path $using:dual | New-ContainerEgress c1 $using:ns -ExcludePrefix 10.0.0.0/8 }
            $null = Invoke-Node { $two = New-ContainerEgress c2 $using:other 10.1.0.6/24 -Gateway 10.1.0.1 -Network pods }
        }

        AfterEach {
            Remove-IfThere $other
        }

        It 'removes by id, says nothing, and leaves the other' {
            Invoke-Node { Remove-ContainerEgress c1 } | Should -BeNullOrEmpty
            Invoke-Node { Get-ContainerEgress } | ForEach-Object { "$_" } | Should -BeExactly 'pods/c2/eg0'
            Get-NftKey 'container4' | Should -BeExactly '10.1.0.6'
            Get-IpJson $ns 'link show type veth' | Should -BeNullOrEmpty
            (Invoke-Node { Test-ContainerEgress }).InDesiredState | Should -BeTrue
        }

        It 'leaves nothing of the last, by <What>' -ForEach @(
            @{ What = 'wildcard'; Script = { Remove-ContainerEgress * } }
            @{ What = 'ids'; Script = { Remove-ContainerEgress c1, c2 } }
            @{ What = 'what New-ContainerEgress emitted'; Script = { $one, $two | Remove-ContainerEgress } }
            @{ What = 'argument'; Script = { Remove-ContainerEgress -InputObject $one, $two } }
            @{ What = 'what Get-ContainerEgress emits'; Script = { Get-ContainerEgress | Remove-ContainerEgress } }
            @{ What = 'one after the other'; Script = { Remove-ContainerEgress c1; Remove-ContainerEgress c2 -Network p* -Name eg? } }
            @{ What = 'property name'; Script = { 'c1', 'c2' | ForEach-Object { [pscustomobject]@{ ContainerId = $_ } } | Remove-ContainerEgress } }
            @{ What = 'nobody asked'; Script = { Remove-ContainerEgress * -Confirm:$false } }
        ) {
            Invoke-Node $Script | Should -BeNullOrEmpty
            Assert-Same $empty (Get-NodeDump $ns)
            Get-IpJson $other 'link show type veth' | Should -BeNullOrEmpty
        }

        It 'shows each change with -Verbose' {
            $end = Invoke-Node { $one.HostInterface }
            $done = (Get-NodeJob { $one | Remove-ContainerEgress -Verbose }).Verbose.Message
            $done[0] | Should -BeExactly "Performing the operation `"Remove container egress`" on target `"egress/c1/eg0 (169.254.172.5/22, fd00::ac:5/118) by $end`"."
            $done | Should -Contain "delete link $end"
            $done | Should -Contain 'delete NAT of 169.254.172.5'
            $done | Should -Contain 'delete NAT of fd00::ac:5'
            $done | Should -Not -Contain 'delete table egressnet'
            (Get-NodeJob { $two | Remove-ContainerEgress -Verbose }).Verbose.Message | Should -Contain 'delete table egressnet'
        }

        It 'works with the namespaces gone, by <What>' -ForEach @(
            @{ What = 'id'; Script = { Remove-ContainerEgress c1, c2 } }
            @{ What = 'wildcard'; Script = { Remove-ContainerEgress * } }
            @{ What = 'an old object'; Script = { $one, $two | Remove-ContainerEgress } }
            @{ What = 'a new object'; Script = { Get-ContainerEgress | Remove-ContainerEgress } }
        ) {
            Invoke-Ip netns del $other
            Invoke-Ip netns del $ns
            Invoke-Node $Script | Should -BeNullOrEmpty
            Invoke-Nft list ruleset | Should -BeNullOrEmpty
            (Get-IpJson $node.Name 'link show type veth').ifname | Should -BeExactly 'v1', 'v0'
            Invoke-Node { Get-ContainerEgress } | Should -BeNullOrEmpty
        }

        It 'emits what it removed with -PassThru' {
            Invoke-Node { Remove-ContainerEgress c* -PassThru } | ForEach-Object { "$_" } | Should -BeExactly 'egress/c1/eg0', 'pods/c2/eg0'
        }

        It 'is an error for the second time, silent when asked' {
            Invoke-Node { $one | Remove-ContainerEgress }
            $fault = Assert-NodeFault { $one | Remove-ContainerEgress } ContainerEgressNotFound ObjectNotFound
            $fault.TargetObject | Should -BeExactly 'egress/c1/eg0'
            $fault = Assert-NodeFault { Remove-ContainerEgress c1 } ContainerEgressNotFound ObjectNotFound
            $fault.TargetObject | Should -BeExactly 'c1'
            Invoke-Node {
                $Error.Clear()
                $one | Remove-ContainerEgress -ErrorAction Ignore
                Remove-ContainerEgress c1 -ErrorAction Ignore
                Remove-ContainerEgress nope*
                $Error.Count
            } | Should -Be 0
        }

        It 'continues past errors' {
            Invoke-Node { $one | Remove-ContainerEgress }
            $trial = Get-NodeJob { $one, $two | Remove-ContainerEgress -PassThru }
            "$($trial.Output)" | Should -BeExactly 'pods/c2/eg0'
            $trial.Error | Should -HaveCount 1
            $trial.Error[0].TargetObject | Should -BeExactly 'egress/c1/eg0'
            $trial = Get-NodeJob { New-ContainerEgress c9 $using:ns 10.3.0.5/24 -Gateway 10.3.0.1; Remove-ContainerEgress nope, c9 -PassThru }
            "$($trial.Output)" | Should -BeExactly 'egress/c9/eg0 egress/c9/eg0'
            $trial.Error[0].TargetObject | Should -BeExactly 'nope'
        }

        It 'does not take a later owner''s address with it' {
            $third = Get-FreshNamespace
            try {
                $end = Invoke-Node { $two.HostInterface }
                Invoke-Ip -n $node.Name link del $end
                $null = Invoke-Node { New-ContainerEgress c3 $using:third 10.1.0.6/24 -Gateway 10.1.0.1 }
                $null = Get-NodeJob { $two | Remove-ContainerEgress }
                Get-NftKey 'masquerade4' | Should -Contain '10.1.0.6'
                (Invoke-Node { Test-ContainerEgress c3 }).InDesiredState | Should -BeTrue
            }
            finally {
                Remove-IfThere $third
            }
        }

        It 'leaves foreign tables and interfaces alone' {
            Invoke-Nft 'add table inet theirs; add chain inet theirs c { type nat hook postrouting priority 100; }; add rule inet theirs c ip saddr 10.1.0.6 masquerade'
            try {
                (Invoke-Nft list ruleset) -join ' ' | Should -BeLike '*egressnet*'
                Invoke-Node { Remove-ContainerEgress * }
                (Invoke-Nft list ruleset) -join ' ' | Should -BeLike '*table inet theirs*masquerade*'
                (Invoke-Nft list ruleset) -join ' ' | Should -Not -BeLike '*egressnet*'
            }
            finally {
                Invoke-Nft delete table inet theirs
            }
        }

        It 'rehearses with -WhatIf, and removes nothing' {
            $before = Get-NodeDump $ns, $other
            $lines = Invoke-Node { Get-WhatIf { Remove-ContainerEgress * -WhatIf -PassThru } }
            $lines | Should -HaveCount 2
            $lines[0] | Should -BeLike 'What if: *"Remove container egress"*"egress/c1/eg0 (169.254.172.5/22, fd00::ac:5/118) by veth*'
            Assert-Same $before (Get-NodeDump $ns, $other)
        }
    }
}
