BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $canPing = $null -ne (Get-Command -Name ping -CommandType Application -ErrorAction Ignore)
    $pingless = if ($canPing) { '' } else { ' (needs the ping program)' }
}

Describe "The container's veth, line by line$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $examples = Resolve-Path $PSScriptRoot/../../examples
        $script = "$examples/New-ContainerVeth.ps1"

        # A result file with these addresses, each as address=gateway.
        function Get-IpamFile([string[]] $Pair, [string[]] $Routes = @()) {
            $ips = foreach ($one in $Pair) {
                $address, $gateway = $one.Split('=')
                @{ address = $address; gateway = $gateway }
            }

            $path = Join-Path $TestDrive "$(Get-NewName).json"
            @{ cniVersion = '1.0.0'; ips = @($ips); routes = @($Routes | ForEach-Object { @{ dst = $_ } }) } |
                ConvertTo-Json -Depth 3 | Set-Content $path
            $path
        }
    }

    Context 'one IPv4 address' {
        BeforeAll {
            $ns = Get-FreshNamespace
            $lastIndex = (Get-IpJson $ns 'link show').ifindex | Measure-Object -Maximum | ForEach-Object Maximum
            $result = @(& $script -IpamPath "$examples/ipam.json" -NetNamespace $ns)
            $hostEnd, $containerEnd = $result
            $link = Get-IpJson $ns 'link show dev v4if0'
            $hostLink = Invoke-Ip -o -d link show dev $hostEnd.Name
            $routes = @(Get-IpJson $ns '-4 route show')
        }

        AfterAll {
            Remove-IfThere $ns
        }

        It 'makes a veth pair' {
            $link.linkinfo.info_kind | Should -Be 'veth'
            $hostLink | Should -BeLike '* veth *'
        }

        It 'names the container''s end as told' {
            $link.ifname | Should -BeExactly 'v4if0'
        }

        It 'gives the container''s end an index that no other has' {
            $link.ifindex | Should -BeGreaterThan 999
        }

        It 'ties both ends together' {
            $hostLink | Should -BeLike "$($link.link_index):*"
        }

        It 'names the host''s end veth and eight random digits' {
            $hostEnd.Name | Should -MatchExactly '^veth[0-9a-f]{8}$'
        }

        It 'puts both ends up' {
            $link.flags | Should -Contain 'UP'
            $link.operstate | Should -Be 'UP'
            $hostLink | Should -Match '[<,]UP[,>]'
        }

        It 'gives both ends the MTU' {
            $link.mtu | Should -Be 9001
            $hostLink | Should -BeLike '* mtu 9001 *'
        }

        It 'returns the host''s interface: name and MAC' {
            $result | Should -HaveCount 2
            $hostLink | Should -BeLike "* link/ether $($hostEnd.Mac) *"
            $hostEnd.Sandbox | Should -BeNullOrEmpty
        }

        It 'returns the container''s interface: name and MAC' {
            $containerEnd.Name | Should -BeExactly 'v4if0'
            $containerEnd.Mac | Should -BeExactly $link.address
        }

        It 'returns the path of the sandbox' {
            $containerEnd.Sandbox | Should -BeExactly "/run/netns/$ns"
        }

        It 'gives the container''s end the address with its prefix' {
            $addresses = @((Get-IpJson $ns '-4 address show dev v4if0').addr_info)
            $addresses | Should -HaveCount 1
            $addresses[0].local | Should -Be '169.254.172.5'
            $addresses[0].prefixlen | Should -Be 22
            $addresses[0].scope | Should -Be 'global'
        }

        It 'takes the connected route away' {
            $routes | Where-Object { $_.dst -eq '169.254.172.0/22' -and -not $_.gateway } | Should -BeNullOrEmpty
            $routes | Where-Object protocol -EQ 'kernel' | Should -BeNullOrEmpty
        }

        It 'adds an on-link gateway route that prefers the address' {
            $route = @($routes | Where-Object { $_.dst -eq '169.254.172.1' })
            $route | Should -HaveCount 1
            $route[0].scope | Should -Be 'link'
            $route[0].prefsrc | Should -Be '169.254.172.5'
            $route[0].dev | Should -Be 'v4if0'
            $route[0].gateway | Should -BeNullOrEmpty
        }

        It 'routes the subnet via the gateway, preferring the address' {
            $route = @($routes | Where-Object { $_.dst -eq '169.254.172.0/22' })
            $route | Should -HaveCount 1
            $route[0].scope | Should -Be 'global'
            $route[0].gateway | Should -Be '169.254.172.1'
            $route[0].prefsrc | Should -Be '169.254.172.5'
            $route[0].dev | Should -Be 'v4if0'
        }

        It 'leaves exactly these three routes' {
            Get-RouteText $ns | Should -BeExactly @(
                'default via 169.254.172.1 dev v4if0'
                '169.254.172.0/22 via 169.254.172.1 dev v4if0 src 169.254.172.5'
                '169.254.172.1 dev v4if0 scope link src 169.254.172.5'
            )
        }
    }

    Context 'without a default route in the result' {
        It 'leaves the two routes of the original' {
            $ns = Get-FreshNamespace
            try {
                $null = & $script (Get-IpamFile '192.168.3.5/24=192.168.3.1') $ns -Name eth0 -Mtu 1400
                Get-RouteText $ns | Should -BeExactly @(
                    '192.168.3.0/24 via 192.168.3.1 dev eth0 src 192.168.3.5'
                    '192.168.3.1 dev eth0 scope link src 192.168.3.5'
                )
            }
            finally {
                Remove-IfThere $ns
            }
        }
    }

    Context 'several addresses' {
        BeforeAll {
            $ns = Get-FreshNamespace
            $file = Get-IpamFile '192.168.3.5/24=192.168.3.1', '10.9.8.7/16=10.9.0.1', '172.16.5.4/30=172.16.5.5'
            $null = & $script $file $ns -Name eth0
        }

        AfterAll {
            Remove-IfThere $ns
        }

        It 'gives the interface each of them' {
            (Get-IpJson $ns '-4 address show dev eth0').addr_info.local |
                Should -Be '192.168.3.5', '10.9.8.7', '172.16.5.4'
        }

        It 'leaves two routes for each' {
            Get-RouteText $ns | Should -BeExactly @(
                '10.9.0.0/16 via 10.9.0.1 dev eth0 src 10.9.8.7'
                '10.9.0.1 dev eth0 scope link src 10.9.8.7'
                '172.16.5.4/30 via 172.16.5.5 dev eth0 src 172.16.5.4'
                '172.16.5.5 dev eth0 scope link src 172.16.5.4'
                '192.168.3.0/24 via 192.168.3.1 dev eth0 src 192.168.3.5'
                '192.168.3.1 dev eth0 scope link src 192.168.3.5'
            )
        }
    }

    Context 'IPv4 and IPv6' {
        BeforeAll {
            $ns = Get-FreshNamespace
            $took = Measure-Command { & $script "$examples/ipam-dual.json" $ns }
            $address6 = (Get-IpJson $ns '-6 address show dev v4if0').addr_info |
                Where-Object { $_.local -eq 'fd00::ac:5' }
        }

        AfterAll {
            Remove-IfThere $ns
        }

        It 'leaves the same three IPv4 routes' {
            Get-RouteText $ns | Should -BeExactly @(
                'default via 169.254.172.1 dev v4if0'
                '169.254.172.0/22 via 169.254.172.1 dev v4if0 src 169.254.172.5'
                '169.254.172.1 dev v4if0 scope link src 169.254.172.5'
            )
        }

        It 'gives the container''s end the IPv6 address with its prefix' {
            $address6.prefixlen | Should -Be 118
            $address6.scope | Should -Be 'global'
        }

        It 'has the IPv6 address usable at once, without DAD' {
            $address6.tentative | Should -BeNullOrEmpty
            $address6.nodad | Should -BeTrue
            $took.TotalSeconds | Should -BeLessThan 1
        }

        It 'adds the gateway as /128 and the subnet via the gateway' {
            Get-RouteText $ns '-6 route show' | Should -BeExactly @(
                'fd00::ac:1 dev v4if0 src fd00::ac:5 metric 1024 pref medium'
                'fd00::ac:0/118 via fd00::ac:1 dev v4if0 src fd00::ac:5 metric 1024 pref medium'
                'default via fd00::ac:1 dev v4if0 metric 1024 pref medium'
            )
        }
    }

    Context "with the host's side$pingless" -Skip:(-not $canPing) {
        BeforeAll {
            # The host's side lives in the caller's namespace, so the addresses are drawn.
            $a, $b = (Get-Random -Minimum 64 -Maximum 128), (Get-Random -Maximum 256)
            $word = '{0:x4}' -f (Get-Random -Minimum 0x1000 -Maximum 0xffff)
            $gateway, $other = "100.$a.$b.1", "100.$a.$b.77"
            $gateway6, $other6 = "fd00:$word`:ac::1", "fd00:$word`:ac::77"
            $ns = Get-FreshNamespace
            $file = Get-IpamFile "100.$a.$b.5/24=$gateway", "fd00:$word`:ac::5/64=$gateway6" '0.0.0.0/0', '::/0'
            $null = & $script $file $ns -Name eth0 -WithHostSide
        }

        AfterAll {
            Remove-IfThere $ns
        }

        It 'pings the gateway at once' {
            $text = ip netns exec $ns ping -c 1 -W 2 $gateway 2>&1
            $LASTEXITCODE | Should -Be 0 -Because "$text"
        }

        It 'pings the IPv6 gateway' {
            $text = ip netns exec $ns ping -c 1 -W 2 $gateway6 2>&1
            $LASTEXITCODE | Should -Be 0 -Because "$text"
        }

        It 'sends ARP for the gateway only, even to the same subnet' {
            $null = ip netns exec $ns ping -c 1 -W 0.2 $other 2>&1
            Get-IpJson $ns '-4 neigh show' | ForEach-Object dst | Should -Be $gateway
        }

        It 'solicits the IPv6 gateway only' {
            $null = ip netns exec $ns ping -c 1 -W 0.2 $other6 2>&1
            Get-IpJson $ns '-6 neigh show' | ForEach-Object dst | Where-Object { $_ -notlike 'fe80:*' } |
                Should -Be $gateway6
        }
    }

    Context 'a failure' {
        BeforeEach {
            $ns = Get-FreshNamespace -Link
            $name = Get-NewName 'e'
            $before = Get-Dump $ns
        }

        AfterEach {
            Remove-IfThere $ns
        }

        It 'of the first route leaves nothing' {
            Invoke-Ip -n $ns route add 192.168.3.1/32 dev v0 scope link
            $before = Get-Dump $ns
            $file = Get-IpamFile '192.168.3.5/24=192.168.3.1'
            { & $script $file $ns -Name $name } | Should -Throw -ErrorId 'RouteAlreadyExists*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'of the second address leaves nothing' {
            Invoke-Ip -n $ns route add 10.9.0.1/32 dev v0 scope link
            $before = Get-Dump $ns
            $file = Get-IpamFile '192.168.3.5/24=192.168.3.1', '10.9.8.7/16=10.9.0.1'
            { & $script $file $ns -Name $name } | Should -Throw -ErrorId 'RouteAlreadyExists*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'of the name leaves nothing' {
            $file = Get-IpamFile '192.168.3.5/24=192.168.3.1'
            { & $script $file $ns -Name v0 } | Should -Throw -ErrorId 'InterfaceAlreadyExists*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'to read the result comes before the pair is made' {
            $file = Get-IpamFile '192.168.3.5/24=fd00::1'
            { & $script $file $ns -Name $name } | Should -Throw -ErrorId 'InvalidCniResult*'
            Assert-Same $before (Get-Dump $ns)
        }
    }

    It 'makes nothing with -WhatIf' {
        $ns = Get-FreshNamespace
        try {
            $before = Get-Dump $ns
            & $script "$examples/ipam.json" $ns -WhatIf | Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }
        finally {
            Remove-IfThere $ns
        }
    }
}
