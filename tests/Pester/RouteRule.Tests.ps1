BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $copies = @(
        @{ Way = 'nothing'; Copy = { $_ } }
        @{ Way = 'Export-Clixml'; Copy = { $file = "$TestDrive/copy.xml"; $_ | Export-Clixml $file; Import-Clixml $file } }
        @{ Way = 'ConvertTo-Json'; Copy = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'ConvertTo-Csv'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
    )
}

Describe "NetRouteRule$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $rules = @(
            'from 10.0.0.0/8 table 100 priority 10'
            'from 10.0.0.0/8 to 192.0.2.0/24 iif v0 oif nowhere table 300 priority 11'
            'not from 10.1.0.0/16 fwmark 0x1/0xff table 100 priority 12'
            'fwmark 0x10 table 100 priority 12'
            'fwmark 0/0xf table 100 priority 13'
            'tos 0x10 uidrange 0-1000 table 100 priority 14'
            'ipproto tcp sport 80 dport 1000-2000 table 100 priority 15'
            'ipproto 200 tun_id 77 table 100 priority 16'
            'table main suppress_prefixlength 0 suppress_ifgroup 5 priority 17'
            'goto 32766 priority 18'
            'goto 98 priority 19'
            'nop priority 20'
            'from 10.2.0.0/16 blackhole priority 21'
            'from 10.2.0.0/16 unreachable priority 22'
            'from 10.2.0.0/16 prohibit protocol bgp priority 23'
            'l3mdev priority 24'
        )

        function Get-RuleText {
            '-4', '-6' | ForEach-Object { Get-RouteText $ns "$_ rule show" }
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link
    }

    AfterEach {
        Remove-IfThere $ns
    }

    Context 'Get-NetRouteRule' {
        BeforeEach {
            $rules | ForEach-Object { "rule add $_" } | Invoke-Ip -n $ns -batch -
            Invoke-Ip -n $ns -6 rule add from fd00::/8 table 100 priority 10
        }

        It 'lists what ip lists, in its order' {
            $theirs = '-4', '-6' | ForEach-Object { Get-IpJson $ns "$_ rule show" }
            (Get-NetRouteRule -NetNamespace $ns).Priority | Should -Be $theirs.priority
        }

        It 'has a property for each selector' {
            $read = @(Get-NetRouteRule 11, 13, 15 -NetNamespace $ns)
            "$($read[0].SourcePrefix) $($read[0].DestinationPrefix) $($read[0].InterfaceAlias) $($read[0].OutputInterfaceAlias)" |
                Should -BeExactly '10.0.0.0/8 192.0.2.0/24 v0 nowhere'
            $read[0].Flags | Should -BeExactly 'OutputDetached'
            "$($read[1].Mark) $($read[1].MarkMask)" | Should -BeExactly '0 15'
            "$($read[2].IPProtocol) $($read[2].SourcePort) $($read[2].DestinationPort)" | Should -BeExactly 'Tcp 80 1000-2000'
            $read[2].Mark | Should -BeNullOrEmpty
        }

        It 'filters by <Text>' -ForEach @(
            @{ Text = '12'; Seen = 12, 12 }
            @{ Text = '-SourcePrefix 10.0.0.0/8'; Seen = 10, 11 }
            @{ Text = '-SourcePrefix 10.?.0.0/16'; Seen = 12, 21, 22, 23 }
            @{ Text = '-SourcePrefix ::/0'; Seen = 0, 32766 }
            @{ Text = '-DestinationPrefix 192.*'; Seen = 11 }
            @{ Text = '-InterfaceAlias v0'; Seen = 11 }
            @{ Text = '-iif V0'; Seen = $null }
            @{ Text = '-OutputInterfaceAlias no*'; Seen = 11 }
            @{ Text = '-Mark 0x10'; Seen = 12 }
            @{ Text = '-MarkMask 0xffffffff'; Seen = 12 }
            @{ Text = '-TypeOfService 16'; Seen = 14 }
            @{ Text = '-UidRange 0-1000'; Seen = 14 }
            @{ Text = '-IPProtocol tcp, 200'; Seen = 15, 16 }
            @{ Text = '-DestinationPort 1000-2000'; Seen = 15 }
            @{ Text = '-TunnelId 77'; Seen = 16 }
            @{ Text = '-RouteTable main'; Seen = 17, 32766, 32766 }
            @{ Text = '-RouteTable 100 -AddressFamily IPv6'; Seen = 10 }
            @{ Text = '-Action Goto, Nop'; Seen = 18, 19, 20 }
            @{ Text = '-Protocol Bgp'; Seen = 23 }
        ) {
            (& ([scriptblock]::Create("Get-NetRouteRule $Text -NetNamespace $ns"))).Priority | Should -Be $Seen
        }

        It 'takes interfaces and its own objects from the pipeline' {
            (Get-NetAdapter v0 -NetNamespace $ns | Get-NetRouteRule).Priority | Should -Be 11
            $read = Get-NetRouteRule 20 -NetNamespace $ns
            ($read | Get-NetRouteRule).Action | Should -Be Nop
            Invoke-Ip -n $ns rule del priority 20
            { $read | Get-NetRouteRule -ErrorAction Stop } | Should -Throw -ErrorId 'RouteRuleNotFound,*'
        }

        It 'is an error for an absent priority' {
            { Get-NetRouteRule 4711 -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'RouteRuleNotFound,*'
            Get-NetRouteRule -RouteTable 4711 -NetNamespace $ns | Should -BeNullOrEmpty
        }

        It 'is equal to another reading, and not to another rule' {
            Compare-Object (Get-NetRouteRule -NetNamespace $ns) (Get-NetRouteRule -NetNamespace $ns) | Should -BeNullOrEmpty
            $first, $second = Get-NetRouteRule 12 -NetNamespace $ns
            $first -eq $second | Should -BeFalse
        }

        It 'copied by <Way> comes back as it was, in its order' -ForEach $copies {
            $before = Get-RuleText
            $copied = Get-NetRouteRule -NetNamespace $ns | ForEach-Object $Copy
            $copied | Remove-NetRouteRule -Force
            Get-RuleText | Should -BeNullOrEmpty
            $null = $copied | New-NetRouteRule
            Get-RuleText | Should -Be $before
        }

        It 'refuses a copy of what it cannot hold' {
            Invoke-Ip -n $ns rule add realms 3/4 table 100 priority 30
            $read = Get-NetRouteRule 30 -NetNamespace $ns
            { $read | ConvertTo-Csv | ConvertFrom-Csv | Remove-NetRouteRule -ErrorAction Stop } | Should -Throw '*copy cannot be used*'
            $read | Remove-NetRouteRule -PassThru | New-NetRouteRule | Should -Be $read
        }
    }

    Context 'New-NetRouteRule' {
        It 'makes what ip makes: <Text>' -ForEach @(
            @{ Text = '10 -SourcePrefix 10.0.0.0/8 -RouteTable 100'; Ip = 'from 10.0.0.0/8 table 100 priority 10' }
            @{ Text = '10 -SourcePrefix 10.0.0.1 -DestinationPrefix 192.0.2.0/24'; Ip = 'from 10.0.0.1 to 192.0.2.0/24 priority 10' }
            @{ Text = '-InterfaceAlias v0 -OutputInterfaceAlias nowhere -RouteTable 4294967295'; Ip = 'iif v0 oif nowhere table 4294967295' }
            @{ Text = '10 -Mark 1 -MarkMask 0xff -RouteTable 100'; Ip = 'fwmark 1/0xff table 100 priority 10' }
            @{ Text = '10 -Mark 0xffffffff -RouteTable 100'; Ip = 'fwmark 0xffffffff table 100 priority 10' }
            @{ Text = '10 -Tos 16 -RouteTable 100'; Ip = 'tos 0x10 table 100 priority 10' }
            @{ Text = '10 -IPProtocol udp -SourcePort 53 -DestinationPort 1000-2000'; Ip = 'ipproto udp sport 53 dport 1000-2000 priority 10' }
            @{ Text = '10 -UidRange 1000 -TunnelId 77 -RouteTable 100'; Ip = 'uidrange 1000-1000 tun_id 77 table 100 priority 10' }
            @{ Text = '10 -RouteTable main -SuppressPrefixLength 0 -SuppressInterfaceGroup 5'; Ip = 'table main suppress_prefixlength 0 suppress_ifgroup 5 priority 10' }
            @{ Text = '10 -Goto 32766'; Ip = 'goto 32766 priority 10' }
            @{ Text = '10 -Invert -SourcePrefix 10.0.0.0/8 -Action Prohibit -Protocol Bgp'; Ip = 'not from 10.0.0.0/8 prohibit protocol bgp priority 10' }
            @{ Text = '10 -Action Blackhole'; Ip = 'blackhole priority 10' }
            @{ Text = '10 -Action Nop'; Ip = 'nop priority 10' }
            @{ Text = '10 -L3Mdev'; Ip = 'l3mdev priority 10' }
            @{ Text = '0 -RouteTable 100'; Ip = 'table 100 priority 0' }
            @{ Text = '10 -SourcePrefix fd00::/8 -RouteTable 100'; Ip = '-6 from fd00::/8 table 100 priority 10' }
            @{ Text = '10 -AddressFamily IPv6 -SourcePrefix ::/0 -RouteTable 100'; Ip = '-6 from all table 100 priority 10' }
        ) {
            $made = & ([scriptblock]::Create("New-NetRouteRule $Text -NetNamespace $ns"))
            $ours = Get-RuleText
            $made | Remove-NetRouteRule
            $family = $Ip -like '-6 *' ? '-6' : '-4'
            "rule add $($Ip -replace '^-6 ')" | Invoke-Ip -n $ns $family -batch -
            $ours | Should -Be (Get-RuleText)
        }

        It 'is an error where the rule is there, at whatever priority' {
            $null = New-NetRouteRule -SourcePrefix 10.0.0.0/8 -RouteTable 100 -NetNamespace $ns
            $before = Get-RuleText
            foreach ($more in '', ' -Priority 32765', ' -WhatIf') {
                { & ([scriptblock]::Create("New-NetRouteRule -SourcePrefix 10.0.0.0/8 -RouteTable 100 -NetNamespace $ns$more -ErrorAction Stop")) } |
                    Should -Throw -ErrorId 'RouteRuleAlreadyExists,*'
            }

            $twice = [pscustomobject]@{ SourcePrefix = '10.7.0.0/16'; RouteTable = 7 }
            @($twice, $twice | New-NetRouteRule -NetNamespace $ns -ErrorAction SilentlyContinue -ErrorVariable faults) | Should -HaveCount 1
            $faults.FullyQualifiedErrorId | Should -BeLike 'RouteRuleAlreadyExists,*'
            (Get-RuleText) -notmatch '10\.7\.' | Should -Be $before
        }

        It 'adds what the kernel takes for another' {
            Invoke-Ip -n $ns rule add tos 0x10 table 5 priority 10
            $null = New-NetRouteRule 10 -RouteTable 5 -NetNamespace $ns
            $null = New-NetRouteRule 11 -SourcePrefix 10.0.0.0/8 -RouteTable 5 -NetNamespace $ns
            $null = New-NetRouteRule 11 -SourcePrefix 10.0.0.0/8 -RouteTable 5 -Invert -NetNamespace $ns
            (Get-NetRouteRule 10, 11 -NetNamespace $ns).Selector |
                Should -Be 'from all tos 0x10', 'from all', 'from 10.0.0.0/8', 'not from 10.0.0.0/8'
        }

        It 'replaces with -Force, and leaves what is the same alone' {
            $null = New-NetRouteRule 10 -SourcePrefix 10.0.0.0/8 -RouteTable 100 -NetNamespace $ns
            $null = New-NetRouteRule 10 -SourcePrefix 10.1.0.0/16 -RouteTable 100 -NetNamespace $ns
            (New-NetRouteRule 10 -SourcePrefix 10.0.0.0/8 -Action Blackhole -NetNamespace $ns -Force).Action | Should -Be Blackhole
            (New-NetRouteRule -SourcePrefix 10.1.0.0/16 -RouteTable 100 -NetNamespace $ns -Force).Priority | Should -Be 10
            (Get-NetRouteRule 10 -NetNamespace $ns | ForEach-Object ToString) |
                Should -Be '10: from 10.1.0.0/16 lookup 100', '10: from 10.0.0.0/8 blackhole'
        }

        It 'refuses before anything is touched: <Text>' -ForEach @(
            @{ Text = '10 -SourcePrefix 10.0.0.1/8'; Says = '*10.0.0.1/8*host bits*' }
            @{ Text = '10 -SourcePrefix 10.0.0.0/8 -AddressFamily IPv6'; Says = "SourcePrefix '10.0.0.0/8'*IPv6*" }
            @{ Text = '10 -SourcePrefix 10.0.0.0/8 -DestinationPrefix fd00::/8'; Says = "DestinationPrefix 'fd00::/8'*" }
            @{ Text = '10 -Goto 5'; Says = "Goto '5'*" }
            @{ Text = '10 -Action Goto'; Says = "*Goto is missing*" }
            @{ Text = '10 -Action Blackhole -RouteTable 5'; Says = "RouteTable '5'*Blackhole*" }
            @{ Text = '10 -Mark 0x100 -MarkMask 0xff'; Says = "Mark '0x100'*" }
            @{ Text = '10 -Mark 1/0xff'; Says = "*Mark*'1/0xff'*" }
            @{ Text = '10 -SourcePort 65535'; Says = "*SourcePort*'65535'*1 to 65534*" }
            @{ Text = '10 -DestinationPort 9-5'; Says = "*DestinationPort*'9-5'*" }
            @{ Text = '10 -UidRange 4294967295'; Says = "*UidRange*'4294967295'*" }
            @{ Text = '10 -Dscp 64'; Says = '*Dscp*64*' }
            @{ Text = '10 -Dscp 5 -Tos 16'; Says = "Dscp '5'*" }
            @{ Text = '10 -IPProtocol nope'; Says = "*IPProtocol*'nope'*" }
            @{ Text = '10 -InterfaceAlias 0123456789abcdef'; Says = '*InterfaceAlias*0123456789abcdef*' }
            @{ Text = '10 -RouteTable all'; Says = '*RouteTable*' }
            @{ Text = '10 -RouteTable 5 -L3Mdev'; Says = "RouteTable '5'*" }
        ) {
            $before = Get-RuleText
            { & ([scriptblock]::Create("New-NetRouteRule $Text -NetNamespace $ns -ErrorAction Stop")) } | Should -Throw $Says
            Get-RuleText | Should -Be $before
        }
    }

    Context 'Remove-NetRouteRule' {
        BeforeEach {
            'priority 10 from 10.0.0.0/8 table 100', 'priority 11 from 10.1.0.0/16 table 100',
            'priority 12 iif v0 table 200' | ForEach-Object { "rule add $_" } | Invoke-Ip -n $ns -batch -
            # ip cannot: the kernel takes it for the one above.
            $null = New-NetRouteRule 10 -RouteTable 100 -NetNamespace $ns
            $before = Get-RuleText
        }

        It 'removes the one that is named: <Text>' -ForEach @(
            @{ Text = '11'; Gone = '11: from 10.1.0.0/16 lookup 100' }
            @{ Text = '-SourcePrefix 10.1.0.0/16'; Gone = '11: from 10.1.0.0/16 lookup 100' }
            @{ Text = '10 -SourcePrefix 10.0.0.0/8'; Gone = '10: from 10.0.0.0/8 lookup 100' }
            @{ Text = '-InterfaceAlias v0'; Gone = '12: from all iif v0 lookup 200' }
            @{ Text = '-SourcePrefix 10.*'; Gone = '10: from 10.0.0.0/8 lookup 100', '11: from 10.1.0.0/16 lookup 100' }
        ) {
            & ([scriptblock]::Create("Remove-NetRouteRule $Text -NetNamespace $ns -PassThru")) | ForEach-Object ToString | Should -Be $Gone
            Get-RuleText | Should -HaveCount ($before.Count - @($Gone).Count)
        }

        It 'refuses <Text> as <Id>' -ForEach @(
            @{ Text = '10'; Id = 'RouteRuleAmbiguous' }
            @{ Text = '-RouteTable 100'; Id = 'RouteRuleAmbiguous' }
            @{ Text = '10 -SourcePrefix 0.0.0.0/0'; Id = 'RouteRuleAmbiguous' }
            @{ Text = '4711'; Id = 'RouteRuleNotFound' }
            @{ Text = '-RouteTable main'; Id = 'RouteRuleNotFound' }
            @{ Text = '-RouteTable main -Force'; Id = 'RouteRuleNotFound' }
            @{ Text = '32766 -AddressFamily IPv4'; Id = 'RouteRuleOfKernel' }
            @{ Text = '-AddressFamily IPv4'; Id = 'InvalidArgument' }
            @{ Text = '-RouteTable all'; Id = 'InvalidArgument' }
            @{ Text = '-Force'; Id = 'MissingMandatoryParameter' }
        ) {
            { & ([scriptblock]::Create("Remove-NetRouteRule $Text -NetNamespace $ns -ErrorAction Stop")) } |
                Should -Throw -ErrorId "$Id,*"
            Get-RuleText | Should -Be $before
        }

        It 'removes a shadowed one once the other is gone, in any order' {
            $first, $second = Get-NetRouteRule 10 -NetNamespace $ns
            $second, $first | Remove-NetRouteRule
            (Get-RuleText) -match '^10:' | Should -BeNullOrEmpty
        }

        It 'removes many, and the kernel''s by priority, with -Force' {
            Remove-NetRouteRule -RouteTable 100 -NetNamespace $ns -Force
            Remove-NetRouteRule 32767 -NetNamespace $ns -Force
            Get-RouteText $ns '-4 rule show' | Should -HaveCount 3
            Get-NetRouteRule -NetNamespace $ns | Remove-NetRouteRule -ErrorAction SilentlyContinue -ErrorVariable faults
            $faults.FullyQualifiedErrorId | Should -HaveCount 4
            $faults.FullyQualifiedErrorId | Should -BeLike 'RouteRuleOfKernel,*'
            Get-RouteText $ns '-4 rule show' | Should -HaveCount 2
        }

        It 'does nothing under -WhatIf, and says what is not there' {
            Remove-NetRouteRule 11 -NetNamespace $ns -WhatIf
            New-NetRouteRule 20 -RouteTable 5 -NetNamespace $ns -WhatIf
            Get-RuleText | Should -Be $before
            $read = Get-NetRouteRule 11 -NetNamespace $ns
            $read | Remove-NetRouteRule
            foreach ($more in @{}, @{ WhatIf = $true }) {
                { $read | Remove-NetRouteRule @more -ErrorAction Stop } | Should -Throw -ErrorId 'RouteRuleNotFound,*'
            }
        }

        It 'takes an object for that very one' {
            $other = Get-FreshNamespace
            try {
                $read = New-NetRouteRule 11 -SourcePrefix 10.1.0.0/16 -RouteTable 100 -NetNamespace $other
                Remove-NetRouteRule $read
                Get-RuleText | Should -Be $before
                Get-NetRouteRule -RouteTable 100 -NetNamespace $other | Should -BeNullOrEmpty
            }
            finally {
                Remove-IfThere $other
            }
        }
    }

    It 'makes and removes 1,000 in few exchanges' {
        $rows = 1..1000 | ForEach-Object { [pscustomobject]@{ Priority = $_; SourcePrefix = "10.$($_ -shr 8).$($_ -band 255).0/24"; RouteTable = 100 } }
        @($rows | New-NetRouteRule -NetNamespace $ns) | Should -HaveCount 1000
        Get-NetRouteRule -RouteTable 100 -NetNamespace $ns | Remove-NetRouteRule
        Get-RuleText | Should -HaveCount 5
    }

    It '<Command> <Typed> offers <Offered>' -ForEach @(
        @{ Command = 'Get-NetRouteRule'; Typed = '327'; Offered = '32765', '32766', '32767' }
        @{ Command = 'Remove-NetRouteRule'; Typed = '-SourcePrefix 10'; Offered = '10.0.0.0/8' }
        @{ Command = 'New-NetRouteRule'; Typed = '-Mark 0x'; Offered = '0x1' }
        @{ Command = 'New-NetRouteRule'; Typed = '-IPProtocol Tc'; Offered = 'Tcp' }
        @{ Command = 'New-NetRouteRule'; Typed = '-OutputInterfaceAlias v'; Offered = 'v0', 'v1' }
    ) {
        Invoke-Ip -n $ns rule add from 10.0.0.0/8 fwmark 1 table 100
        (TabExpansion2 "$Command -NetNamespace $ns $Typed").CompletionMatches.CompletionText | Sort-Object | Should -BeExactly $Offered
    }
}
