BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "PointToPointGateway$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $two = @(
            '192.0.2.0/24 via 192.0.2.1 dev v0 src 192.0.2.5'
            '192.0.2.1 dev v0 scope link src 192.0.2.5'
        )
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'one IPv4 address' {
        BeforeEach {
            Invoke-Ip -n $ns address add 192.0.2.5/24 dev v0
            $index = (Get-IpJson $ns 'link show dev v0').ifindex
            $before = Get-Dump $ns
        }

        It 'replaces the connected route by gateway and subnet routes' {
            $null = Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns
            Get-RouteText $ns | Should -BeExactly $two
        }

        It 'refuses a gateway route without source, and changes nothing' {
            Invoke-Ip -n $ns route add 192.0.2.1/32 dev v0
            $before = Get-Dump $ns
            { Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteAlreadyExists,*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'names the gateway that is set already, and what to do' {
            $null = Set-PointToPointGateway 192.0.2.5 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns
            $before = Get-Dump $ns
            { Set-PointToPointGateway 192.0.2.5 192.0.2.9 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop } |
                Should -Throw -ErrorId 'RouteAlreadyExists,*' -ExpectedMessage '*has the gateway 192.0.2.1 already, by *dev v0*remove that route first*'
            Assert-Same $before (Get-Dump $ns)
            Get-NetRoute 192.0.2.0/24 -NetNamespace $ns | Remove-NetRoute
            (Set-PointToPointGateway 192.0.2.5 192.0.2.9 -InterfaceAlias v0 -NetNamespace $ns).NextHop | Should -Be '0.0.0.0', '192.0.2.9'
        }

        It 'emits both routes in kernel order: the gateway''s first' {
            $routes = @(Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns)
            $routes | Should -HaveCount 2
            $routes | Should -BeOfType 'EgressNet.NetRoute'
            $routes.DestinationPrefix | Should -Be '192.0.2.1/32', '192.0.2.0/24'
            $routes.NextHop | Should -Be '0.0.0.0', '192.0.2.1'
            $routes.PreferredSource | Should -Be '192.0.2.5', '192.0.2.5'
            "$($routes.Scope)" | Should -Be 'Link Global'
            $routes.NetNamespace | Should -Be $ns, $ns
            $routes.InterfaceAlias | Should -Be 'v0', 'v0'
        }

        It 'takes the address without a length, which it looks up' {
            $null = Set-PointToPointGateway 192.0.2.5 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns
            Get-RouteText $ns | Should -BeExactly $two
        }

        It 'takes the interface by index' {
            $null = Set-PointToPointGateway 192.0.2.5 -PrefixLength 24 192.0.2.1 -InterfaceIndex $index -NetNamespace $ns
            Get-RouteText $ns | Should -BeExactly $two
        }

        It 'takes the gateway as <_>' -ForEach 'NextHop', 'DefaultGateway', 'Gateway' {
            $given = @{ $_ = '192.0.2.1' }
            $null = Set-PointToPointGateway 192.0.2.5 @given -ifAlias v0 -NetNS $ns
            Get-RouteText $ns | Should -BeExactly $two
        }

        It 'takes the address from the pipeline' {
            $null = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Set-PointToPointGateway -Gateway 192.0.2.1
            Get-RouteText $ns | Should -BeExactly $two
        }

        It 'takes all by property name' {
            $null = [pscustomobject]@{
                IPAddress = '192.0.2.5'; PrefixLength = 24; Gateway = '192.0.2.1'; InterfaceAlias = 'v0'; NetNamespace = $ns
            } | Set-PointToPointGateway
            Get-RouteText $ns | Should -BeExactly $two
        }

        It 'changes nothing the second time, and emits the same' {
            $first = @(Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns)
            $then = Get-Dump $ns
            $second = @(Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns)
            Assert-Same $then (Get-Dump $ns)
            $second.DestinationPrefix | Should -Be $first.DestinationPrefix
            $second.NextHop | Should -Be $first.NextHop
        }

        It 'makes no kernel change the second time' {
            $null = Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns
            $told = Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -Verbose 4>&1 |
                Where-Object { $_ -match '(add|delete) route' }
            $told | Should -BeNullOrEmpty
        }

        It 'announces gateway, connected and subnet route in this order' {
            $told = Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -Verbose 4>&1 |
                Where-Object { $_ -match '^(add|delete) route' }
            $told | Should -HaveCount 3
            "$($told[0])" | Should -BeLike 'add route 192.0.2.1/32*'
            "$($told[1])" | Should -BeLike 'delete route 192.0.2.0/24*'
            "$($told[2])" | Should -BeLike 'add route 192.0.2.0/24*192.0.2.1*'
        }

        It 'adds the default route with -DefaultRoute' {
            $routes = Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -DefaultRoute -InterfaceAlias v0 -NetNamespace $ns
            $routes.DestinationPrefix | Should -Be '192.0.2.1/32', '192.0.2.0/24', '0.0.0.0/0'
            Get-RouteText $ns | Should -BeExactly (@('default via 192.0.2.1 dev v0') + $two)
        }

        It 'changes nothing with -WhatIf' {
            Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -DefaultRoute -WhatIf |
                Should -BeNullOrEmpty
            Assert-Same $before (Get-Dump $ns)
        }

        It 'asks nothing with -Confirm:$false' {
            @(Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -Confirm:$false) |
                Should -HaveCount 2
        }

        It 'refuses the gateway <Gateway>: <Why>' -ForEach @(
            @{ Gateway = '192.0.2.5'; Why = 'the address itself' }
            @{ Gateway = 'fd00::1'; Why = 'the other family' }
            @{ Gateway = '224.0.0.1'; Why = 'multicast' }
            @{ Gateway = '0.0.0.0'; Why = 'unspecified' }
            @{ Gateway = '127.0.0.1'; Why = 'loopback' }
        ) {
            $fault = {
                Set-PointToPointGateway 192.0.2.5/24 $Gateway -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop
            } | Should -Throw -ErrorId 'InvalidGateway,*' -PassThru
            $fault.Exception.Message | Should -BeLike "*Gateway '$Gateway'*192.0.2.5*"
            Assert-Same $before (Get-Dump $ns)
        }

        It 'refuses an address that carries no gateway' {
            {
                Get-NetIPAddress 192.0.2.5 -NetNamespace $ns | Set-PointToPointGateway -ErrorAction Stop
            } | Should -Throw -ErrorId 'InvalidGateway,*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'is an error for an address that the interface has not' {
            $fault = {
                Set-PointToPointGateway 192.0.2.6/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -ErrorAction Stop
            } | Should -Throw -ErrorId 'AddressNotFound,*' -PassThru
            "$($fault.TargetObject)" | Should -Be '192.0.2.6/24'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'is an error for an interface that is not there' {
            {
                Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias nope -NetNamespace $ns -ErrorAction Stop
            } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        }

        It 'names the interface that an index means' {
            $index = (Get-NetAdapter v0 -NetNamespace $ns).ifIndex
            $given = @{ InterfaceIndex = $index; NetNamespace = $ns }
            $fault = { Set-PointToPointGateway 10.9.0.5/24 10.9.0.1 @given -ErrorAction Stop } | Should -Throw -PassThru
            "$fault" | Should -BeLike '*10.9.0.5/24 dev v0*'
            $said = Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 @given -Verbose 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            $said.Message | Should -HaveCount 4
            $said.Message | Should -Match ' dev v0( |$)'
        }
    }

    Context 'a failure' {
        BeforeEach {
            Invoke-Ip -n $ns address add 192.0.2.5/24 dev v0
        }

        It 'of the <Step> puts everything back' -ForEach @(
            @{ Step = 'gateway''s route'; Conflict = 'add 192.0.2.1/32 dev v1 scope link' }
            @{ Step = 'subnet''s route, behind another interface''s'; Conflict = 'prepend 192.0.2.0/24 dev v1' }
            @{ Step = 'subnet''s route, before another interface''s'; Conflict = 'append 192.0.2.0/24 dev v1' }
            @{ Step = 'default route'; Conflict = 'add default dev v1' }
        ) {
            $words = $Conflict.Split(' ')
            Invoke-Ip -n $ns route @words
            $before = Get-Dump $ns
            $fault = {
                Set-PointToPointGateway 192.0.2.5/24 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns -DefaultRoute `
                    -ErrorAction Stop
            } | Should -Throw -ErrorId 'RouteAlreadyExists,*' -PassThru
            "$($fault.TargetObject)" | Should -Be '192.0.2.5/24'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'of one address leaves the others alone' {
            'address add 10.1.0.5/16 dev v0',
            'address add 10.2.0.5/16 dev v0',
            'route add 10.1.0.1/32 dev v1 scope link' | Invoke-Ip -n $ns -batch -
            $routes = [pscustomobject]@{ IPAddress = '192.0.2.5'; Gateway = '192.0.2.1' },
                [pscustomobject]@{ IPAddress = '10.1.0.5'; Gateway = '10.1.0.1' },
                [pscustomobject]@{ IPAddress = '10.2.0.5'; Gateway = '10.2.0.1' } |
                Set-PointToPointGateway -InterfaceAlias v0 -NetNamespace $ns `
                    -ErrorAction SilentlyContinue -ErrorVariable fault
            $routes.DestinationPrefix | Should -Be '192.0.2.1/32', '192.0.2.0/24', '10.2.0.1/32', '10.2.0.0/16'
            $fault | Should -HaveCount 1
            "$($fault.TargetObject)" | Should -Be '10.1.0.5'
            Get-RouteText $ns | Should -Contain '10.1.0.0/16 dev v0 proto kernel scope link src 10.1.0.5'
        }
    }

    Context 'host addresses' {
        It 'gives a /32 the gateway''s route only' {
            Invoke-Ip -n $ns address add 192.0.2.5/32 dev v0
            (Set-PointToPointGateway 192.0.2.5/32 192.0.2.1 -InterfaceAlias v0 -NetNamespace $ns).DestinationPrefix |
                Should -Be '192.0.2.1/32'
            Get-RouteText $ns | Should -BeExactly '192.0.2.1 dev v0 scope link src 192.0.2.5'
        }

        It 'gives a /128 the gateway''s route, and the default route' {
            Invoke-Ip -n $ns address add fd00:2::5/128 dev v0 nodad
            $made = Set-PointToPointGateway fd00:2::5/128 fd00:2::1 -DefaultRoute -InterfaceAlias v0 -NetNamespace $ns
            $made.DestinationPrefix | Should -Be 'fd00:2::1/128', '::/0'
            Get-RouteText $ns '-6 route show' | Should -Contain 'fd00:2::1 dev v0 src fd00:2::5 metric 1024 pref medium'
            Get-RouteText $ns '-6 route show' | Should -Contain 'default via fd00:2::1 dev v0 metric 1024 pref medium'
        }

        It 'takes a gateway outside the prefix' {
            Invoke-Ip -n $ns address add 192.0.2.5/32 dev v0
            $null = Set-PointToPointGateway 192.0.2.5/32 169.254.1.1 -InterfaceAlias v0 -NetNamespace $ns -DefaultRoute
            Get-RouteText $ns | Should -BeExactly @(
                'default via 169.254.1.1 dev v0'
                '169.254.1.1 dev v0 scope link src 192.0.2.5'
            )
        }
    }

    Context 'an IPv6 address' {
        It 'leaves the gateway''s /128 and the subnet via it' {
            $null = New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -Gateway fd00:2::1 |
                Set-PointToPointGateway
            Get-RouteText $ns '-6 route show' | Should -BeExactly @(
                'fd00:2::1 dev v0 src fd00:2::5 metric 1024 pref medium'
                'fd00:2::/64 via fd00:2::1 dev v0 src fd00:2::5 metric 1024 pref medium'
            )
        }

        It 'changes nothing the second time' {
            $address = New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $ns -Gateway fd00:2::1
            $null = $address | Set-PointToPointGateway -DefaultRoute
            $then = Get-Dump $ns
            @($address | Set-PointToPointGateway -DefaultRoute) | Should -HaveCount 3
            Assert-Same $then (Get-Dump $ns)
        }

        It 'puts everything back when the subnet''s route is refused' {
            Invoke-Ip -n $ns address add fd00:2::5/64 dev v0 nodad
            Invoke-Ip -n $ns route add default via fd00:2::99
            $before = Get-Dump $ns
            {
                Set-PointToPointGateway fd00:2::5/64 fd00:2::1 -InterfaceAlias v0 -NetNamespace $ns -DefaultRoute `
                    -ErrorAction Stop
            } | Should -Throw -ErrorId 'RouteAlreadyExists,*'
            Assert-Same $before (Get-Dump $ns)
        }
    }

    Context 'without a window' {
        It 'comes to the same table from -NoPrefixRoute: <Address>' -ForEach @(
            @{ Address = '192.0.2.5/24'; Gateway = '192.0.2.1' }
            @{ Address = 'fd00:2::5/64'; Gateway = 'fd00:2::1' }
        ) {
            $other = Get-FreshNamespace -Link
            try {
                $null = New-NetIPAddress $Address -InterfaceAlias v0 -NetNamespace $ns -Gateway $Gateway |
                    Set-PointToPointGateway -DefaultRoute
                $made = New-NetIPAddress $Address -InterfaceAlias v0 -NetNamespace $other -Gateway $Gateway -NoPrefixRoute
                Get-NetRoute -NetNamespace $other | Should -BeNullOrEmpty
                $null = $made | Set-PointToPointGateway -DefaultRoute
                Get-RouteText $other '-4 route show' | Should -BeExactly (Get-RouteText $ns '-4 route show')
                Get-RouteText $other '-6 route show' | Should -BeExactly (Get-RouteText $ns '-6 route show')
            }
            finally {
                Remove-IfThere $other
            }
        }
    }

    Context 'addresses that share a gateway' {
        It 'share its route' {
            '192.0.2.5', '192.0.2.6' | ForEach-Object {
                [pscustomobject]@{ IPAddress = $_; PrefixLength = 24; Gateway = '192.0.2.1' }
            } | New-NetIPAddress -InterfaceAlias v0 -NetNamespace $ns | Set-PointToPointGateway | Out-Null
            Get-RouteText $ns | Should -BeExactly $two
        }
    }
}
