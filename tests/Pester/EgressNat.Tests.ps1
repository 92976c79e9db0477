BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "EgressNat$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
        $empty = Get-NodeDump
    }

    AfterAll {
        Stop-Node $node
    }

    AfterEach {
        $null = Get-NodeJob { Get-ContainerEgress | Remove-ContainerEgress -ErrorAction Ignore; Get-EgressNat | Remove-EgressNat }
    }

    Context 'New-EgressNat' {
        It 'masquerades an address, and emits it' {
            $nat = Invoke-Node { New-EgressNat 10.1.0.5 c1 }
            $nat.PSTypeNames[0] | Should -BeExactly 'Deserialized.EgressNet.EgressNat'
            "$nat|$($nat.IPAddress)|$($nat.AddressFamily)|$($nat.Nat)|$($nat.NatAddress)|$($nat.PortRandomization)|$($nat.ExcludePrefix)" |
                Should -BeExactly '10.1.0.5|10.1.0.5|IPv4|Masquerade||None|'
            "$($nat.Owner)|$($nat.Network)|$($nat.ContainerId)|$($nat.Name)" | Should -BeExactly 'egress/c1/eg0|egress|c1|eg0'
            Get-NftKey 'container4' | Should -BeExactly '10.1.0.5'
            Get-NftKey 'masquerade4' | Should -BeExactly '10.1.0.5'
            (Get-NftElement 'masquerade4').elem.comment | Should -BeExactly 'egress/c1/eg0'
        }

        It 'takes every parameter' {
            $nat = Invoke-Node {
                $given = @{
                    IPAddress = 'fd00:9::5/64'
                    ContainerId = 'c1'
                    Network = 'pods'
                    Name = 'eth0'
                    NatAddress = 'fd00:2::10'
                    PortRandomization = 'Random'
                    ExcludePrefix = 'fd00:8::/32', 'fd00:9::/64'
                }
                New-EgressNat @given
            }
            "$($nat.Owner) $($nat.Nat) $($nat.NatAddress) $($nat.PortRandomization) $($nat.ExcludePrefix)" |
                Should -BeExactly 'pods/c1/eth0 Address fd00:2::10 Random fd00:8::/32 fd00:9::/64'
            Get-NftKey 'snat6-random' | Should -BeExactly 'fd00:9::5'
            "$((Get-NftElement 'snat6-random')[1])" | Should -BeExactly 'fd00:2::10'
            @(Get-NftElement 'exclude6') | Should -HaveCount 2
        }

        It 'warns of a node address that the node does not have' {
            $trial = Get-NodeJob { New-EgressNat 10.1.0.5 c1 -NatAddress 203.0.113.9 }
            $trial.Warning | Should -HaveCount 1
            $trial.Warning[0].Message | Should -BeLike "NatAddress '203.0.113.9' is not an address of this node*"
            (Get-NodeJob { New-EgressNat 10.1.0.6 c1 -NatAddress 192.0.2.10 }).Warning | Should -BeNullOrEmpty
        }

        It 'takes addresses from the pipeline' {
            $json = '{ "ips": [ { "address": "10.1.0.5/24", "gateway": "10.1.0.1" }, { "address": "fd00:9::5/64", "gateway": "fd00:9::1" } ] }'
            Invoke-Node { $using:json | ConvertFrom-CniResult | New-EgressNat -ContainerId c1 } | ForEach-Object { "$_" } |
                Should -BeExactly '10.1.0.5', 'fd00:9::5'
        }

        It 'is an error if it exists, and replaces its own with -Force' {
            $null = Invoke-Node { New-EgressNat 10.1.0.5 c1 -ExcludePrefix 10.0.0.0/8 }
            $before = Get-NodeDump
            $fault = Assert-NodeFault { New-EgressNat 10.1.0.5 c1 -NatAddress 192.0.2.10 } EgressNatAlreadyExists ResourceExists
            $fault.TargetObject | Should -BeExactly '10.1.0.5'
            "$fault" | Should -BeLike "*IPAddress '10.1.0.5'*egress/c1/eg0*"
            Assert-Same $before (Get-NodeDump)
            "$((Invoke-Node { New-EgressNat 10.1.0.5 c1 -NatAddress 192.0.2.10 -Force }).NatAddress)" | Should -BeExactly '192.0.2.10'
            Get-NftKey 'snat4' | Should -BeExactly '10.1.0.5'
            Get-NftKey 'masquerade4' | Should -BeNullOrEmpty
            Get-NftElement 'exclude4' | Should -BeNullOrEmpty
        }

        It 'refuses Nat None and the address of an egress without NAT' {
            $ns = Get-FreshNamespace
            try {
                $null = Invoke-Node { New-ContainerEgress plain $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 -NoNat }
                $before = Get-NodeDump
                $piped = { (Get-ContainerEgress plain).Addresses | New-EgressNat -ContainerId other }
                Assert-NodeFault $piped InvalidArgument InvalidArgument | Should -BeLike "Nat 'None'*10.1.0.5*"
                foreach ($script in { New-EgressNat 10.1.0.5 plain }, { New-EgressNat 10.1.0.5 plain -Force }) {
                    Assert-NodeFault $script EgressNatBelongsToContainerEgress InvalidOperation |
                        Should -BeLike '*egress/plain/eg0*New-ContainerEgress -Force*'
                }

                Assert-Same $before (Get-NodeDump)
            }
            finally {
                Invoke-Node { Remove-ContainerEgress plain }
                Remove-IfThere $ns
            }
        }

        It 'refuses an address in use by a container, even with -Force' {
            $ns = Get-FreshNamespace
            try {
                $null = Invoke-Node { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 }
                $before = Get-NodeDump $ns
                foreach ($force in $false, $true) {
                    $fault = Assert-NodeFault { New-EgressNat 10.1.0.5 c2 -Force:$using:force } AddressInUse ResourceExists
                    "$fault" | Should -BeLike '*10.1.0.5*egress/c1/eg0*'
                }

                Assert-Same $before (Get-NodeDump $ns)
            }
            finally {
                Remove-IfThere $ns
            }
        }

        It 'goes on after a bad item: good, bad, good' {
            $null = Invoke-Node { New-EgressNat 10.1.0.6 c1 }
            $trial = Get-NodeJob { '10.1.0.5', '10.1.0.6', '10.1.0.7' | ForEach-Object { [pscustomobject]@{ IPAddress = $_; ContainerId = 'c1' } } | New-EgressNat }
            $trial.Output | ForEach-Object { "$_" } | Should -BeExactly '10.1.0.5', '10.1.0.7'
            $trial.Error.TargetObject | Should -BeExactly '10.1.0.6'
        }

        It 'shows each change with -Verbose, and rehearses with -WhatIf' {
            Invoke-Node { Get-WhatIf { New-EgressNat 10.1.0.5 c1 -WhatIf } } | Should -BeExactly 'What if: Performing the operation "Add source NAT" on target "10.1.0.5 masquerade (egress/c1/eg0)".'
            Assert-Same $empty (Get-NodeDump)
            $done = (Get-NodeJob { New-EgressNat 10.1.0.5 c1 -Verbose }).Verbose.Message -notlike 'Performing*'
            $done | Should -BeExactly 'add table egressnet', 'add NAT 10.1.0.5 masquerade (egress/c1/eg0)'
        }
    }

    Context 'Get-EgressNat' {
        BeforeEach {
            $null = Invoke-Node { New-EgressNat 10.1.0.5 c1; New-EgressNat 10.1.0.10 c2 -NatAddress 192.0.2.10; New-EgressNat fd00:9::5 c1 -ExcludePrefix fd00:8::/32 }
        }

        It 'lists all in order of their addresses' {
            Invoke-Node { Get-EgressNat } | ForEach-Object { "$_ $($_.Owner)" } |
                Should -BeExactly '10.1.0.5 egress/c1/eg0', '10.1.0.10 egress/c2/eg0', 'fd00:9::5 egress/c1/eg0'
        }

        It 'finds by <What>' -ForEach @(
            @{ What = 'address'; Filter = @{ IPAddress = '10.1.0.10' }; Found = '10.1.0.10' }
            @{ What = 'wildcard'; Filter = @{ IPAddress = '10.1.*' }; Found = '10.1.0.5', '10.1.0.10' }
            @{ What = 'any case'; Filter = @{ IPAddress = 'FD00:9::5' }; Found = 'fd00:9::5' }
            @{ What = 'container'; Filter = @{ ContainerId = 'c1' }; Found = '10.1.0.5', 'fd00:9::5' }
            @{ What = 'both'; Filter = @{ IPAddress = '10.*'; ContainerId = 'c*' }; Found = '10.1.0.5', '10.1.0.10' }
        ) {
            Invoke-Node { $filter = $using:Filter; Get-EgressNat @filter } | ForEach-Object { "$_" } | Should -BeExactly $Found
        }

        It 'emits what New-EgressNat emitted' {
            $made, $read = Invoke-Node {
                $nat = @{ NatAddress = '192.0.2.10'; PortRandomization = 'FullyRandom'; ExcludePrefix = '10.0.0.0/8', '172.16.0.0/12' }
                [System.Management.Automation.PSSerializer]::Serialize((New-EgressNat 10.1.0.7 c3 @nat))
                [System.Management.Automation.PSSerializer]::Serialize((Get-EgressNat 10.1.0.7))
            }
            $read | Should -BeExactly $made
        }

        It 'fails for an absent literal, not for a wildcard or no table' {
            (Assert-NodeFault { Get-EgressNat 10.9.9.9 } EgressNatNotFound ObjectNotFound).TargetObject | Should -BeExactly '10.9.9.9'
            (Assert-NodeFault { Get-EgressNat -ContainerId nope } EgressNatNotFound ObjectNotFound).TargetObject | Should -BeExactly 'nope'
            (Get-NodeJob { Get-EgressNat 10.9.* }).Error | Should -HaveCount 0
            Invoke-Node { Remove-EgressNat * }
            (Get-NodeJob { Get-EgressNat }).Error | Should -HaveCount 0
        }

        It 'shows what a container''s egress has' {
            $ns = Get-FreshNamespace
            try {
                $null = Invoke-Node { New-ContainerEgress c9 $using:ns 10.3.0.5/24 -Gateway 10.3.0.1 -PortRandomization Random }
                "$((Invoke-Node { Get-EgressNat -ContainerId c9 }).PortRandomization)" | Should -BeExactly 'Random'
                "$(Invoke-Node { Get-ContainerEgress c9 | Get-EgressNat })" | Should -BeExactly '10.3.0.5'
            }
            finally {
                Remove-IfThere $ns
            }
        }
    }

    Context 'What comes from CSV' {
        It 'is what was there' {
            $before = Get-NodeDump
            $null = Invoke-Node {
                New-EgressNat 10.1.0.5 c1 -ExcludePrefix 10.0.0.0/8, 192.168.0.0/16
                New-EgressNat fd00:9::5 c2 -NatAddress fd00:2::10 -PortRandomization FullyRandom
                New-EgressNat 10.1.0.6 c3
            }
            Invoke-Node {
                $nat = Get-EgressNat
                $rows = $nat | ConvertTo-Csv | ConvertFrom-Csv
                $rows | Remove-EgressNat
                $null = $rows | New-EgressNat -ErrorAction Stop
                Compare-Object $nat @(Get-EgressNat)
            } | Should -BeNullOrEmpty
            Invoke-Node { Get-EgressNat | Remove-EgressNat }
            Assert-Same $before (Get-NodeDump)
        }

        It 'may be empty, and what is given may not' {
            (Assert-NodeFault { New-EgressNat 10.1.0.5 c1 -NatAddress '' } InvalidArgument InvalidArgument) |
                Should -BeLike 'NatAddress is null or empty*'
            Invoke-Node { Get-EgressNat } | Should -BeNullOrEmpty
        }
    }

    Context 'Completion' {
        It '<Typed> offers <Offer>, of a container with source NAT only' -ForEach @(
            @{ Typed = 'Remove-EgressNat -ContainerId '; Offer = 'c1' }
            @{ Typed = 'Remove-ContainerEgress '; Offer = 'c1' }
            @{ Typed = 'Get-ContainerEgress -Network '; Offer = 'pods' }
            @{ Typed = 'Test-ContainerEgress -Name '; Offer = 'eth0' }
        ) {
            $null = Invoke-Node { New-EgressNat 10.1.0.5 c1 -Network pods -Name eth0 }
            Invoke-Node { (TabExpansion2 $using:Typed).CompletionMatches.CompletionText } | Should -BeExactly $Offer
        }
    }

    Context 'Remove-EgressNat' {
        BeforeEach {
            $null = Invoke-Node { $one = New-EgressNat 10.1.0.5 c1 -ExcludePrefix 10.0.0.0/8; $two = New-EgressNat fd00:9::5 c2 }
        }

        It 'leaves nothing of the last, by <What>' -ForEach @(
            @{ What = 'address'; Script = { Remove-EgressNat 10.1.0.5, fd00:9::5 } }
            @{ What = 'wildcard'; Script = { Remove-EgressNat * } }
            @{ What = 'object'; Script = { $one, $two | Remove-EgressNat } }
            @{ What = 'what Get-EgressNat emits'; Script = { Get-EgressNat | Remove-EgressNat } }
            @{ What = 'property name'; Script = { '10.1.0.5', 'fd00:9::5' | ForEach-Object { [pscustomobject]@{ IPAddress = $_ } } | Remove-EgressNat } }
        ) {
            Invoke-Node $Script | Should -BeNullOrEmpty
            Assert-Same $empty (Get-NodeDump)
        }

        It 'removes one, emits it with -PassThru, and leaves the other' {
            Invoke-Node { Remove-EgressNat 10.1.0.5 -PassThru } | ForEach-Object { "$_" } | Should -BeExactly '10.1.0.5'
            Get-NftElement 'container4' | Should -BeNullOrEmpty
            Get-NftElement 'exclude4' | Should -BeNullOrEmpty
            Get-NftKey 'masquerade6' | Should -BeExactly 'fd00:9::5'
        }

        It 'fails the second time, silently if asked, and continues' {
            Invoke-Node { $one | Remove-EgressNat }
            $trial = Get-NodeJob { $one, $two | Remove-EgressNat -PassThru }
            "$($trial.Output)" | Should -BeExactly 'fd00:9::5'
            $trial.Error | Should -HaveCount 1
            $trial.Error[0].FullyQualifiedErrorId | Should -BeExactly 'EgressNatNotFound,EgressNet.Commands.RemoveEgressNatCommand'
            (Assert-NodeFault { Remove-EgressNat 10.1.0.5 } EgressNatNotFound ObjectNotFound).TargetObject | Should -BeExactly '10.1.0.5'
            (Get-NodeJob { $one | Remove-EgressNat -ErrorAction Ignore; Remove-EgressNat 10.9.* }).Error | Should -HaveCount 0
        }

        It 'does not remove what has another owner by now' {
            $null = Invoke-Node { Remove-EgressNat 10.1.0.5; New-EgressNat 10.1.0.5 c7 }
            $null = Assert-NodeFault { $one | Remove-EgressNat } EgressNatNotFound ObjectNotFound
            "$((Invoke-Node { Get-EgressNat 10.1.0.5 }).Owner)" | Should -BeExactly 'egress/c7/eg0'
        }

        It 'rehearses with -WhatIf, and removes nothing' {
            $before = Get-NodeDump
            $lines = Invoke-Node { Get-WhatIf { Remove-EgressNat * -WhatIf -PassThru } }
            $lines | Should -HaveCount 2
            $lines[0] | Should -BeExactly 'What if: Performing the operation "Remove source NAT" on target "10.1.0.5 masquerade (egress/c1/eg0)".'
            Assert-Same $before (Get-NodeDump)
        }
    }
}
